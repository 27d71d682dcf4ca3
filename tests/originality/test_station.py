"""In a station: who is told what, whichever came first."""

from __future__ import annotations

import base64
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from appliance import pipeline
from appliance.catalog import Catalog, alikes, arrivals, checks, deliveries, fingerprints, lessons
from appliance.intake import likeness
from appliance.model import Identity, LessonGuess, LessonState, Material, Phase
from appliance.originality.text import text_print
from appliance.rules.blank_forms import blanks, lines
from appliance.rules.load import load
from appliance.station import Station
from tests.originality.writing import edited, sentences, written
from tests.pipeline.conftest import hand_in  # noqa: F401  a fixture

EDITION = load("2024")
PLAN = sentences(1, 80)
HandIn = Callable[[dict[str, bytes]], int]


def measured(text: list[str]) -> dict[str, Any]:
    made = text_print(text)
    hashes = base64.b64encode(fingerprints.written(made.hashes)).decode()
    return {"kind": "docx", "print": {"scale": made.scale, "count": len(made.hashes), "hashes": hashes}}


def lesson_of(db: Database, teacher: str, text: list[str], title: str = "", school: str = "示例小学") -> int:
    """A lesson with one plan, looked into already."""
    sha256 = f"{abs(hash((teacher, title, tuple(text)))):064x}"
    db.table("blob").insert({"sha256": sha256, "size": 1, "stored_at": "", "verified_at": ""}, ignore=True)
    checks.save_media(db, sha256, measured(text), {})
    identity = Identity(
        title=title or f"{teacher}的课", category="subject", stage="primary", teacher=teacher, school=school
    )
    guess = LessonGuess(identity, (Material("plan", 1, "教学设计.docx", sha256, 1),))
    return arrivals.save_guess(db, None, guess, Phase.DESIGN)[0]


def found(db: Database, no: int) -> list[tuple[int, str, bool]]:
    seen = likeness.of_lesson(db, lessons.by_no(db, no), EDITION)
    likeness.record(db, {no: seen})
    return [(row.lesson, row.kind, row.own) for row in seen.facts]


@pytest.mark.clause("G8")
def test_a_retitled_copy_of_another_teacher_is_found_from_both_sides(catalog: Catalog) -> None:
    with catalog.writing() as db:
        first = lesson_of(db, "教师甲", PLAN, "分数的初步认识")
        second = lesson_of(db, "教师乙", edited(PLAN, 0.1), "认识几分之一")
        other = lesson_of(db, "教师丙", sentences(2, 80), "分数的初步认识")
        assert [found(db, no) for no in (first, second, other)] == [
            [(second, "text", False)], [(first, "text", False)], [],
        ]  # fmt: skip


@pytest.mark.clause("G8")
def test_revisions_of_a_lesson_are_no_copies_of_each_other_and_the_teachers_own_text_is_named_so(
    catalog: Catalog,
) -> None:
    with catalog.writing() as db:
        first = lesson_of(db, "教师甲", PLAN, "第一课")
        assert lesson_of(db, "教师甲", edited(PLAN, 0.1), "第一课") == first
        second = lesson_of(db, "教师甲", edited(PLAN, 0.2), "第二课")
        assert found(db, first) == [(second, "text", True)]
        assert found(db, second) == [(first, "text", True)] * 2


@pytest.mark.clause("G8")
def test_the_blank_documents_of_the_box_make_nobody_alike(catalog: Catalog) -> None:
    form = [line for blank in blanks(EDITION) for line in lines(blank)]
    with catalog.writing() as db:
        nos = [lesson_of(db, f"教师{n}", form + sentences(n, 8)) for n in range(2)]
        assert [found(db, no) for no in nos] == [[], []]


@pytest.mark.clause("G8")
def test_what_more_than_eight_authors_have_is_nobodys_copy(catalog: Catalog) -> None:
    form = sentences(50, 40)
    with catalog.writing() as db:
        nos = [lesson_of(db, f"教师{n}", form + sentences(n, 40)) for n in range(8)]
        assert all(len(found(db, no)) == 7 for no in nos)
        nos.append(lesson_of(db, "教师八", form + sentences(8, 40)))
        assert [found(db, no) for no in nos] == [[]] * 9


@pytest.mark.parametrize("order", [*itertools.permutations(range(4))])
def test_the_pairs_do_not_depend_on_who_came_first(catalog: Catalog, order: tuple[int, ...]) -> None:
    texts = [PLAN, edited(PLAN, 0.3), sentences(2, 80), sentences(2, 40) + edited(PLAN, 0.1)[:40]]
    with catalog.writing() as db:
        nos = {which: lesson_of(db, f"教师{which}", texts[which]) for which in order}
        for which in order:
            found(db, nos[which])
        named = {no: which for which, no in nos.items()}
        whose = {
            one: named[alikes.holders(db, one)[0].lesson]
            for row in alikes.all_pairs(db)
            for one in (row["one"], row["other"])
        }
        pairs = {
            (frozenset((whose[row["one"]], whose[row["other"]])), round(row["score"], 9))
            for row in alikes.all_pairs(db)
        }
        assert {both for both, _ in pairs} == {frozenset(both) for both in ((0, 1), (0, 3), (1, 3), (2, 3))}
        assert pairs == expected(texts)


def expected(texts: list[list[str]]) -> set[tuple[frozenset[int], float]]:
    from appliance.originality import text

    blank, prints = likeness.blank_hashes(EDITION), [text_print(one) for one in texts]
    return {
        (frozenset((a, b)), round(text.compare(prints[a], prints[b], blank, (), 120).score, 9))
        for a, b in ((0, 1), (0, 3), (1, 3), (2, 3))
    }  # fmt: skip


@pytest.mark.clause("G8")
def test_the_earlier_lesson_is_told_too_and_no_word_names_the_other_teacher(
    station: Station,
    catalog: Catalog,
    hand_in: HandIn,  # noqa: F811
    tmp_path: Path,
) -> None:
    first = hand_in({"示例一小/三年级数学《分数的初步认识》教师甲/教学设计.docx": written(PLAN)})
    pipeline.drain(station, catalog, first)
    shutil.rmtree(tmp_path / "stick")
    second = hand_in({"示例二小/三年级数学《认识几分之一》教师乙/教学设计.docx": written(edited(PLAN, 0.1))})
    pipeline.drain(station, catalog, second)
    assert deliveries.row(catalog.db, first)["state"] == "answered"
    pipeline.drain(station, catalog, first)
    told = [checks.latest(catalog.db, no)["findings"] for no in (1, 2)]  # type: ignore[index]
    said = [[one.says for one in findings if one.rule == "alike"] for findings in told]
    assert [len(one) for one in said] == [1, 1]
    assert said[0][0].startswith("“教学设计.docx”与另一节课例有 ") and said[0] == said[1]
    words = ["".join(f"{one}" for one in findings if one.rule == "alike") for findings in told]
    assert [[name in text for name in ("教师乙", "示例二小")] for text in words] == [[False] * 2, [True] * 2]
    assert [[name in text for name in ("教师甲", "示例一小")] for text in words] == [[True] * 2, [False] * 2]
    assert not pipeline.run_once(station, catalog)  # nobody is checked for ever


def test_an_approved_lesson_is_not_checked_again(catalog: Catalog, station: Station, hand_in: HandIn) -> None:  # noqa: F811
    no = hand_in({"示例一小/三年级数学《分数的初步认识》教师甲/教学设计.docx": written(PLAN)})
    pipeline.drain(station, catalog, no)
    with catalog.writing() as db:
        lessons.set_state(db, 1, LessonState.APPROVED)
        assert alikes.check_again(db, [1]) == []
        lessons.set_state(db, 1, LessonState.SUBMITTED)
        assert alikes.check_again(db, [1]) == [1]


def test_prints_leave_the_measurements_and_stay_when_these_are_made_again(catalog: Catalog) -> None:
    with catalog.writing() as db:
        no = lesson_of(db, "教师甲", PLAN)
        (material,) = lessons.by_no(db, no).materials
        assert set(material.media["print"]) == {"scale", "count"}
        (held,) = fingerprints.of_files(db, [material.sha256])
        assert held.print == text_print(PLAN)
        checks.save_media(db, material.sha256, {"kind": "docx"}, {})
        assert fingerprints.of_files(db, [material.sha256]) == [held]
