"""The whole way of a lesson, with the two boxes that `make run DEMO=1` starts: stick → check → two approvals →
signed bundle → rsync over ssh → the city's signed receipt on the county's screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.station import Station
from tests import demo, invariants
from tests.conftest import answer, run_lessonbox
from tests.e2e.ports import free_port

PATIENCE = 180


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[demo.Places]:
    places = demo.Places(tmp_path_factory.mktemp("var"), free_port(), free_port(), free_port())
    demo.make_stations(places)
    boxes = [demo.start(places.county), demo.start(places.city)]
    demo.plug_in(places, "small")
    yield places
    demo.stop(boxes)
    assert [box.returncode for box in boxes] == [0, 0]


def eventually(what: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    """Asks until the answer is the wanted one. A fixed sleep would be too short on a busy machine."""
    deadline = time.monotonic() + PATIENCE
    while not wanted(seen := what()):
        assert time.monotonic() < deadline, seen
        time.sleep(1)
    return seen


def lessons(home: Path) -> dict[str, dict[str, Any]]:
    return {row["title"]: row for row in answer("lessons", "--home", home)["lessons"]}


def test_the_stick_is_received_and_each_lesson_gets_its_verdict(places: demo.Places) -> None:
    before = invariants.tree(places.stick)
    rows = eventually(
        lambda: lessons(places.county), lambda rows: len(rows) == 3 and all(row["verdict"] for row in rows.values())
    )
    assert {title: (row["verdict"], row["state"]) for title, row in rows.items()} == {
        "分数的初步认识": ("pass", "complete"),
        "平移和旋转": ("return", "returned"),
        "四边形": ("return", "returned"),
    }
    invariants.check(Station.open(places.county), places.stick, before)


def test_the_returned_lesson_is_told_what_to_mend_clause_by_clause(places: demo.Places) -> None:
    no = lessons(places.county)["平移和旋转"]["no"]
    findings = answer("show", no, "--home", places.county)["findings"]
    told = " ".join(finding["says"] for finding in findings)
    assert all(word in told for word in ("30 帧", "片头", "学习准备")), told
    assert all(finding["clause"] and finding["fix"] for finding in findings)


@pytest.mark.clause("V5")
def test_the_half_copied_video_is_refused_as_incomplete(places: demo.Places) -> None:
    entries = answer("delivery", 1, "--home", places.county)["entries"]
    half = [entry for entry in entries if entry["fate"] == "quarantined"]
    assert [(entry["name"].endswith(".mp4"), "不完整" in entry["reason"]) for entry in half] == [(True, True)]


def test_the_box_stays_within_its_bounds(places: demo.Places) -> None:
    for part in ("web", "watch", "courier"):
        invariants.bounded(answer("health", "--home", places.county)["parts"][part]["pid"])


@pytest.mark.clause("P3c", "P4")
def test_two_persons_approve_and_the_receipt_of_the_city_comes_back(places: demo.Places) -> None:
    no = lessons(places.county)["分数的初步认识"]["no"]
    for person in ("审批甲", "审批乙"):
        assert run_lessonbox("decide", no, "approve", "--by", person, "--home", places.county).returncode == 0
    eventually(lambda: lessons(places.county)["分数的初步认识"]["state"], lambda state: state == "accepted")
    receipts = answer("receipts", "--home", places.county)["fetched"]
    assert receipts[-1]["status"] in ("cataloged", "verified")
    assert "分数的初步认识" in lessons(places.city)
    invariants.check(Station.open(places.county))
    invariants.check(Station.open(places.city))
