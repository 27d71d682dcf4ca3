"""A judge who means harm: another judge's ids, a score after the lock, a lesson that changed under the score."""

from __future__ import annotations

import pytest

from appliance.catalog import Catalog, arrivals, drafts, lessons, scores, sessions
from appliance.errors import NotAllowed, NotFound
from appliance.model import LessonGuess, Phase
from appliance.selection import tablet, trial
from tests.catalog.lesson_maker import material
from tests.selection.sessions import EDITION, JUDGES, lesson, opened

ONE, OTHER = JUDGES[:2]
FULL = {str(n): value for n, value in enumerate(("8", "8", "12", "12", "12", "12", "8", "8"), 1)}
pytestmark = pytest.mark.clause("P3b", "W2")


@pytest.fixture
def session(catalog: Catalog) -> int:
    session = opened(catalog)
    for judge in (ONE, OTHER):
        tablet.declare(catalog, session, judge, [], [])
    return session


@pytest.mark.fault("H15")
def test_the_ids_of_another_judges_tablet_write_nothing_and_take_nothing_away(catalog: Catalog, session: int) -> None:
    tablet.touch(catalog, session, 1, ONE, "tablet-1", 1, {"1": "9"}, "")
    with pytest.raises(NotAllowed, match="编号已经用过"):
        tablet.touch(catalog, session, 1, OTHER, "tablet-1", 1, {"1": "2"}, "")
    with pytest.raises(NotAllowed, match="编号已经用过"):
        tablet.touch(catalog, session, 2, ONE, "tablet-1", 1, {"1": "2"}, "")
    tablet.submit(catalog, session, 1, ONE, "tablet-1", 1, FULL, "")
    with pytest.raises(NotAllowed, match="内容不同"):
        tablet.submit(catalog, session, 1, OTHER, "tablet-1", 1, FULL, "")
    assert [row["judge"] for row in scores.of_session(catalog.db, session)] == [ONE]
    assert drafts.newest(catalog.db, session, OTHER) == {}


def test_an_id_used_in_another_session_is_refused_there(catalog: Catalog, session: int) -> None:
    tablet.submit(catalog, session, 1, ONE, "tablet-1", 1, FULL, "")
    other = trial.create(catalog, EDITION, "第二场", "subject", "primary", "数学", "102", (), "经办甲")
    no = lesson(catalog, "教师丁")
    trial.add(catalog, other, [no], "design_first", "经办甲")
    with pytest.raises(NotFound, match="没有评委"):
        tablet.touch(catalog, other, no, ONE, "t", 1, {"1": "9"}, "")
    with pytest.raises(NotFound, match="没有评委"):
        tablet.submit(catalog, other, no, ONE, "tablet-1", 1, FULL, "")


@pytest.mark.fault("H15")
def test_nothing_is_handed_in_after_the_lock_however_it_comes(catalog: Catalog, session: int) -> None:
    tablet.touch(catalog, session, 1, ONE, "tablet-1", 1, FULL, "")
    trial.close(catalog, session, "经办甲", "试验")
    digest = trial.ranking(catalog, session)["locked"]["sha256"]
    for send in (
        lambda: tablet.submit(catalog, session, 1, ONE, "tablet-1", 1, FULL, ""),
        lambda: tablet.touch(catalog, session, 1, ONE, "tablet-1", 2, FULL, ""),
        lambda: tablet.declare(catalog, session, ONE, ["教师甲"], []),
    ):
        with pytest.raises(NotAllowed, match="已经结束"):
            send()
    assert (scores.of_session(catalog.db, session), trial.ranking(catalog, session)["locked"]["sha256"]) == ([], digest)


@pytest.mark.fault("H15")
def test_materials_that_change_under_a_score_leave_it_bound_to_what_was_judged(catalog: Catalog, session: int) -> None:
    before = tablet.card(catalog, session, 1, ONE)
    with catalog.writing() as db:
        plan = material(db, "plan", "changed", "教学设计.docx")
        arrivals.save_guess(db, None, LessonGuess(lessons.by_no(db, 1).identity, (plan,)), Phase.DESIGN)
    tablet.submit(catalog, session, 1, ONE, "tablet-1", 1, FULL, "")
    (score,) = scores.of_session(catalog.db, session)
    assert [score[name] for name in ("revision", "materials_sha256")] == [
        before[name] for name in ("revision", "materials_sha256")
    ]
    assert sessions.changed(catalog.db, session) == [1]
