"""How a delivery goes from received to checked, and what each step leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from appliance import journal, pipeline
from appliance.catalog import Catalog, checks, deliveries, events, lessons
from appliance.failpoint import FAILPOINTS
from appliance.model import LessonState, Phase
from appliance.selection.decide import decide
from appliance.settings import read_settings
from appliance.station import Station
from tests.intake.conftest import Files, half_video, zipped

HandIn = Callable[[Files], int]
LESSON = "示例一小/三年级数学《分数的初步认识》教师甲/"


def standing(catalog: Catalog, no: int) -> tuple[str, int, str]:
    row = deliveries.row(catalog.db, no)
    assert row["claimed_by"] == ""
    return row["state"], row["attempts"], row["error"]


def test_a_delivery_goes_step_by_step_and_the_journal_tells(
    station: Station, catalog: Catalog, hand_in: HandIn
) -> None:
    no = hand_in({LESSON + "教学设计.txt": b"plan"})
    assert pipeline.run_once(station, catalog)
    assert standing(catalog, no) == ("identified", 0, "")
    assert pipeline.run_once(station, catalog)
    assert standing(catalog, no) == ("answered", 0, "")
    assert pipeline.run_once(station, catalog)
    assert standing(catalog, no) == ("checked", 0, "")
    assert not pipeline.run_once(station, catalog)
    told = [row["kind"] for row in events.about(catalog.db, f"delivery/{no}")]
    assert told == ["received", "identify", "answer", "check"]
    assert journal.verify(catalog.db)[1] is None


def test_what_cannot_be_placed_becomes_a_lesson_for_a_person(
    station: Station, catalog: Catalog, hand_in: HandIn
) -> None:
    no = hand_in({"a.bin": b"?"})
    pipeline.drain(station, catalog, no)
    (link,) = deliveries.lessons_of(catalog.db, no)
    lesson = lessons.by_no(catalog.db, link["lesson"])
    assert (lesson.identity.known, [m.name for m in lesson.materials]) == (False, ["a.bin"])


def test_a_half_video_is_a_finding_of_its_lesson_until_the_whole_one_comes(
    station: Station, catalog: Catalog, hand_in: HandIn
) -> None:
    no = hand_in({LESSON + "教学设计.txt": b"plan", LESSON + "微课视频.mp4": half_video()})
    pipeline.drain(station, catalog, no)
    (link,) = deliveries.lessons_of(catalog.db, no)
    assert half_told(catalog, link["lesson"]) == ["视频不完整，收到 0.0 MB，应有约 96.0 MB"]
    again = hand_in({LESSON + "微课视频.mp4": whole_enough()})
    pipeline.drain(station, catalog, again)
    assert [(row["lesson"], row["fate"]) for row in deliveries.lessons_of(catalog.db, again)] == [
        (link["lesson"], "grown")
    ]
    assert half_told(catalog, link["lesson"]) == []


def half_told(catalog: Catalog, lesson: int) -> list[str]:
    run = checks.latest(catalog.db, lesson)
    assert run is not None
    return [f.measured for f in run["findings"] if f.material.endswith("微课视频.mp4") and "应有约" in f.measured]


def whole_enough() -> bytes:
    def box(kind: bytes, content: bytes) -> bytes:
        return (len(content) + 8).to_bytes(4, "big") + kind + content

    return box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", b"\x55" * 100_000) + box(b"moov", b"\x01" * 64)


@pytest.mark.fault("F13")
def test_the_same_again_is_the_same_lesson(station: Station, catalog: Catalog, hand_in: HandIn) -> None:
    files = {LESSON + "教学设计.txt": b"plan"}
    for no, fate in ((hand_in(files), "new"), (hand_in(files), "same")):
        pipeline.drain(station, catalog, no)
        assert [(row["lesson"], row["fate"]) for row in deliveries.lessons_of(catalog.db, no)] == [(1, fate)]


def test_files_in_an_archive_are_materials_and_the_archive_is_none(
    station: Station, catalog: Catalog, hand_in: HandIn
) -> None:
    no = hand_in({"交.zip": zipped({LESSON + "教学设计.txt": b"plan", LESSON + "学习任务单.txt": b"sheet"})})
    pipeline.drain(station, catalog, no)
    names = [m.name.rpartition("/")[2] for m in lessons.by_no(catalog.db, 1).materials]
    assert sorted(names) == ["学习任务单.txt", "教学设计.txt"]


@pytest.mark.parametrize("stage", pipeline.STAGES, ids=lambda stage: stage.word)
def test_every_stage_leads_on_and_has_its_failpoints(stage: pipeline.Stage) -> None:
    assert stage.was != stage.now
    assert {f"{stage.word}.before-commit", f"{stage.word}.committed"} <= set(FAILPOINTS)


@pytest.mark.clause("P3c")
def test_a_design_that_becomes_a_candidate_is_asked_for_everything(
    station: Station, catalog: Catalog, hand_in: HandIn
) -> None:
    county = Station(station.home, read_settings(b'code = "360731"\nprofile = "design_first"'))
    no = hand_in({LESSON + "教学设计.txt": b"plan"})
    pipeline.drain(county, catalog, no)
    assert lessons.by_no(catalog.db, 1).phase == Phase.DESIGN
    with catalog.writing() as db:
        lessons.set_state(db, 1, LessonState.TRIAL)
    decide(catalog, 1, "candidate", "经办甲", "", "design_first")
    pipeline.drain(county, catalog, no)
    lesson = lessons.by_no(catalog.db, 1)
    assert (lesson.phase, lesson.state) == (Phase.PRODUCTION, LessonState.CANDIDATE)


@pytest.mark.fault("F13")
def test_what_came_after_approval_waits_unchecked_until_a_person_reopens(
    station: Station, catalog: Catalog, hand_in: HandIn
) -> None:
    pipeline.drain(station, catalog, hand_in({LESSON + "教学设计.txt": b"plan"}))
    with catalog.writing() as db:
        lessons.set_state(db, 1, LessonState.APPROVED)
    late = hand_in({LESSON + "教学设计.txt": b"plan, changed"})
    pipeline.drain(station, catalog, late)
    assert lessons.by_no(catalog.db, 1).revision == 1
    decide(catalog, 1, "reopen", "审批甲", "教师更正")
    pipeline.drain(station, catalog, late)
    lesson = lessons.by_no(catalog.db, 1)
    run = checks.latest(catalog.db, 1)
    assert run is not None and run["revision"] == lessons.revision_of(catalog.db, 1)
    assert lesson.revision == 2
