"""A school that hands in by its own code cannot put a revision onto another school's lesson, whatever its form says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance import pipeline, school_codes
from appliance.catalog import Catalog, checks, deliveries, lessons
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station
from tests.intake.conftest import lay

FOLDER = "三年级数学《周长》教师甲/"
HandIn = Callable[..., int]


def form(school: str, plan: bytes) -> bytes:
    file = {
        "name": "教学设计.txt",
        "role": "plan",
        "period": 1,
        "size": len(plan),
        "sha256": hashlib.sha256(plan).hexdigest(),
    }
    lesson = {"title": "周长", "subject": "数学", "teacher": "教师甲", "school": school, "files": [file]}
    return json.dumps({"format": "lessonbox-manifest", "version": 1, "lessons": [lesson]}).encode()


@pytest.fixture
def hand_in(station: Station, catalog: Catalog, tmp_path: Path) -> HandIn:
    """The lesson that a delivery from this kind of drop, of this school, came to."""
    for school in ("示例一小", "示例二小"):
        school_codes.make(station, catalog, school, "管理甲")

    def delivered(kind: str, school: str, says: str, plan: bytes) -> int:
        stick = tmp_path / hashlib.sha256(plan).hexdigest()[:6]
        lay(stick, {FOLDER + "教学设计.txt": plan, FOLDER + "提交单.json": form(says, plan)})
        no = receive(station, catalog, Parcel(kind, school or "U 盘", stick, school=school))
        pipeline.drain(station, catalog, no)
        (link,) = deliveries.lessons_of(catalog.db, no)
        return int(link["lesson"])

    return delivered


def asked(catalog: Catalog, lesson: int) -> list[str]:
    run = checks.latest(catalog.db, lesson)
    assert run is not None
    return [one.measured for one in run["findings"] if one.rule == "other-school"]


@pytest.mark.fault("F13", "H13")
@pytest.mark.parametrize("kind", ["browser", "lan"])
def test_a_form_that_names_another_school_makes_a_lesson_of_ones_own_and_asks_a_person(
    kind: str, hand_in: HandIn, catalog: Catalog
) -> None:
    first = hand_in("browser", "示例一小", "示例一小", b"the real plan")
    second = hand_in(kind, "示例二小", "示例一小", b"a false plan")
    assert first != second
    assert [lessons.by_no(catalog.db, no).identity.school for no in (first, second)] == ["示例一小", "示例二小"]
    assert lessons.by_no(catalog.db, first).materials[0].sha256 == hashlib.sha256(b"the real plan").hexdigest()
    assert (asked(catalog, first), asked(catalog, second)) == ([], ["写的是“示例一小”"])


def test_a_stick_with_forms_of_several_schools_is_believed(hand_in: HandIn, catalog: Catalog) -> None:
    lesson = hand_in("usb", "", "示例一小", b"plan")
    assert (lessons.by_no(catalog.db, lesson).identity.school, asked(catalog, lesson)) == ("示例一小", [])


def test_a_folder_of_the_office_on_the_share_speaks_for_no_school(hand_in: HandIn, catalog: Catalog) -> None:
    lesson = hand_in("lan", "各校汇总", "示例一小", b"plan")
    assert (lessons.by_no(catalog.db, lesson).identity.school, asked(catalog, lesson)) == ("示例一小", [])
