"""纸质录入 with the power failing at each durable step: entered once or not, confirmed once or not, never half."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable

import pytest

from appliance import failpoint
from appliance.catalog import Catalog, papers, scores
from appliance.errors import NotAllowed
from appliance.selection import paper
from appliance.selection.paper import NO, YES
from appliance.selection.scoresheet import Sheet
from appliance.station import Station
from tests import invariants
from tests.selection.sessions import JUDGES, opened, points

pytestmark = [pytest.mark.clause("P3b", "W2"), pytest.mark.fault("F3")]
SCAN = b"\x89PNG\r\n\x1a\n" + b"0" * 64
STORE = ("store.written", "store.synced", "store.renamed", "store.folder-synced", "store.read-back")
Act = Callable[[Station, Catalog], object]


@pytest.fixture
def box(station: Station) -> Station:
    """With session 1 open and its lessons' bytes; no catalog stays open in this process: locks of SQLite do not
    survive a fork well."""
    for name in "甲乙丙":
        station.store().put(io.BytesIO(f"plan of 教师{name}".encode()))
    _look(station, lambda _, catalog: opened(catalog))
    return station


def enter(box: Station, catalog: Catalog) -> int:
    given = Sheet(1, JUDGES[2], points(), "条理清楚")
    return paper.enter(catalog, box.store(), 1, given, "95", SCAN, "经办甲")


def answer(said: str) -> Act:
    return lambda _, catalog: paper.answer(catalog, 1, 1, said, "第 3 项看错" if said == NO else "", "审批甲")


def _look(box: Station, act: Act) -> object:
    catalog = box.catalog()
    try:
        return act(box, catalog)
    finally:
        catalog.close()


def killed(box: Station, point: str, act: Act) -> None:
    """`act` in a process of its own, killed at `point`."""
    name, _, times = point.partition(":")
    pid = os.fork()
    if pid == 0:
        try:
            failpoint._target, failpoint._left = name, int(times or 1)
            _look(box, act)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL


def told(box: Station) -> tuple[list[tuple[int, str | None]], list[tuple[str, int]], list[str]]:
    """(entries with their answer, scores, what the journal says of both); the box is whole, and each scan readable."""

    invariants.check(box)

    def read(_: Station, catalog: Catalog) -> tuple[list, list, list]:
        assert all(box.store().verify(row["scan"]) for row in papers.of_session(catalog.db, 1))
        kinds = "('session.paper', 'session.paper-yes', 'session.paper-no', 'session.score')"
        events = catalog.db.execute(f"select kind from event where kind in {kinds} order by seq").fetchall()
        return (
            [(row["id"], row["answer"]) for row in papers.of_session(catalog.db, 1)],
            [(row["judge"], row["version"]) for row in scores.of_session(catalog.db, 1)],
            [kind for (kind,) in events],
        )

    return _look(box, read)


SCORE = [(JUDGES[2], 1)]
CONFIRMED = ([(1, YES)], SCORE, ["session.paper", "session.score", "session.paper-yes"])


@pytest.mark.parametrize("point", [*STORE, "journal.appended", "paper.before-commit"])
def test_an_entry_cut_off_is_not_there_and_is_entered_again(box: Station, point: str) -> None:
    killed(box, point, enter)
    assert told(box) == ([], [], [])
    _look(box, enter)
    assert told(box) == ([(1, None)], [], ["session.paper"])


def test_an_entry_cut_off_behind_the_commit_is_there_once(box: Station) -> None:
    killed(box, "paper.committed", enter)
    with pytest.raises(NotAllowed, match="等另一个人核对"):
        _look(box, enter)
    assert told(box) == ([(1, None)], [], ["session.paper"])


@pytest.mark.parametrize("point", ["journal.appended", "journal.appended:2", "paper.before-commit"])
def test_a_confirmation_cut_off_confirmed_nothing_and_is_given_again(box: Station, point: str) -> None:
    _look(box, enter)
    killed(box, point, answer(YES))
    assert told(box) == ([(1, None)], [], ["session.paper"])
    _look(box, answer(YES))
    assert told(box) == CONFIRMED


def test_a_confirmation_cut_off_behind_the_commit_counts_once(box: Station) -> None:
    _look(box, enter)
    killed(box, "paper.committed", answer(YES))
    for said in (YES, NO):
        with pytest.raises(NotAllowed, match="审批甲已经核对过"):
            _look(box, answer(said))
    assert told(box) == CONFIRMED


@pytest.mark.parametrize("point, entries", [("paper.before-commit", [(1, None)]), ("paper.committed", [(1, NO)])])
def test_a_rejection_cut_off_either_was_made_or_was_not(box: Station, point: str, entries: list) -> None:
    _look(box, enter)
    killed(box, point, answer(NO))
    assert told(box)[:2] == (entries, [])
