import pytest

from appliance.catalog import Catalog, arrivals, lessons, mending
from appliance.errors import NotFound
from appliance.model import LessonState, Phase
from appliance.rules.load import load
from tests.catalog.lesson_maker import guess, material


def save(catalog: Catalog, *pieces: tuple[str, str, str], **more: str) -> tuple[int, int, str]:
    with catalog.writing() as db:
        parts = [material(db, role, text, name) for role, text, name in pieces]
        return arrivals.save_guess(db, None, guess(*parts, **more), Phase.PRODUCTION, load("2024").many)


PLAN, SHEET = ("plan", "plan one", "教学设计.docx"), ("task_sheet", "sheet", "任务单.docx")


@pytest.mark.fault("F13")
def test_the_same_bytes_again_change_nothing(catalog: Catalog) -> None:
    first = save(catalog, PLAN, SHEET)
    assert save(catalog, PLAN, SHEET) == (first[0], first[1], "same")


@pytest.mark.fault("F13")
def test_what_was_missing_completes_the_same_revision(catalog: Catalog) -> None:
    first = save(catalog, PLAN)
    assert save(catalog, SHEET) == (first[0], first[1], "grown")
    assert [m.role for m in lessons.by_no(catalog.db, first[0]).materials] == ["plan", "task_sheet"]


@pytest.mark.fault("F13")
def test_changed_bytes_make_a_linked_revision_that_keeps_the_rest(catalog: Catalog) -> None:
    no, first, _ = save(catalog, PLAN, SHEET)
    again, second, fate = save(catalog, ("plan", "plan two", "教学设计（改）.docx"))
    assert (again, fate) == (no, "revised")
    lesson = lessons.by_no(catalog.db, no)
    assert (lesson.revision, [m.name for m in lesson.materials]) == (2, ["教学设计（改）.docx", "任务单.docx"])
    assert catalog.db["revision"].get(second)["previous"] == first
    assert catalog.db["revision"].get(first)["state"] == "superseded"


@pytest.mark.fault("F13")
def test_after_approval_a_change_waits_and_the_approved_bytes_stay(catalog: Catalog) -> None:
    no, first, _ = save(catalog, PLAN)
    with catalog.writing() as db:
        lessons.set_state(db, no, LessonState.APPROVED)
    _, second, fate = save(catalog, ("plan", "plan two", "教学设计.docx"))
    assert fate == "waiting"
    assert lessons.revision_of(catalog.db, no) == first
    assert lessons.waiting_revision(catalog.db, no) == second


@pytest.mark.clause("E12")
def test_pupils_sheets_are_many_and_do_not_replace_each_other(catalog: Catalog) -> None:
    no, _, _ = save(catalog, ("pupil_work", "one", "1.png"))
    assert save(catalog, ("pupil_work", "two", "2.png"))[2] == "grown"
    assert len(lessons.by_no(catalog.db, no).materials) == 2


def test_spaces_and_full_width_letters_do_not_make_another_lesson(catalog: Catalog) -> None:
    first = save(catalog, PLAN, title="认识 ABC")
    assert save(catalog, PLAN, title="认识ＡＢＣ")[0] == first[0]


def test_a_person_names_a_file_and_the_source_of_a_field_is_kept(catalog: Catalog) -> None:
    no, _, _ = save(catalog, ("", "mystery", "文件.docx"))
    with catalog.writing() as db:
        mending.assign(db, no, "文件.docx", "plan", 2)
        mending.set_identity(db, no, {"subject": "科学"}, "经办甲")
    lesson = lessons.by_no(catalog.db, no)
    assert [(m.role, m.period) for m in lesson.materials] == [("plan", 2)]
    assert (lesson.identity.subject, lesson.identity.sources["subject"]) == ("科学", "person:经办甲")


def test_a_lesson_that_is_not_there_is_said_so(catalog: Catalog) -> None:
    with pytest.raises(NotFound, match="没有第 7 号课例"):
        lessons.by_no(catalog.db, 7)
