"""提交单.json: read with bounds, matched with what came."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.intake.identify import identify, manifest_of
from appliance.model import Material
from appliance.rules.load import load

EDITION = load("2024")
A, B, C = "a" * 64, "b" * 64, "c" * 64


def lesson(**changes: Any) -> dict[str, Any]:
    return {
        "title": "面积", "category": "学科课程", "stage": "小学", "subject": "数学", "grade": "3年级",
        "textbook": "人教", "volume": "下册", "teacher": "教师甲", "school": "示例第一小学", "special_kind": "",
        "periods": 1, "authors": [],
        "files": [{"name": "001.docx", "role": "教学设计", "period": 1, "sha256": A, "size": 5},
                  {"name": "002.pptx", "role": "slides", "period": 1, "sha256": B, "size": 6}],
    } | changes  # fmt: skip


def form(*lessons: dict[str, Any]) -> bytes:
    document = {"format": "lessonbox-manifest", "version": 1, "lessons": list(lessons)}
    return json.dumps(document, ensure_ascii=False).encode()


@pytest.mark.clause("P1", "W1")
def test_the_form_names_lesson_and_roles_in_ids_or_in_chinese() -> None:
    names = [("001.docx", A, 5), ("002.pptx", B, 6)]
    (guess,) = identify(names, EDITION, manifest=manifest_of(form(lesson())))
    assert guess.materials == (Material("plan", 1, *names[0]), Material("slides", 1, *names[1]))
    found = guess.identity
    assert (found.category, found.stage, found.grade, found.textbook) == ("subject", "primary", "三年级", "人教版")
    assert (set(found.sources.values()), guess.doubts) == ({"manifest"}, ())


def test_renamed_files_are_found_by_content_and_moved_ones_by_the_end_of_the_path() -> None:
    names = [("新名字.docx", A, 5), ("里面/002.pptx", C, 6)]
    (guess,) = identify(names, EDITION, manifest=manifest_of(form(lesson())))
    assert [(m.role, m.name) for m in guess.materials] == [("plan", "新名字.docx"), ("slides", "里面/002.pptx")]
    assert guess.doubts == ("“里面/002.pptx”和提交单登记的内容不一样，可能没有拷完",)


def test_what_the_form_lists_and_did_not_come_and_what_came_unlisted_are_both_said() -> None:
    (guess,) = identify([("001.docx", A, 5), ("任务单.docx", C, 1)], EDITION, manifest=manifest_of(form(lesson())))
    assert [(m.role, m.name) for m in guess.materials] == [("plan", "001.docx"), ("task_sheet", "任务单.docx")]
    assert guess.doubts == ("提交单里有“002.pptx”，这次没有收到", "提交单里没有写“任务单.docx”")


def test_beside_a_form_of_two_lessons_unlisted_files_are_identified_by_name() -> None:
    other = lesson(title="周长", files=[{"name": "003.docx", "role": "plan", "sha256": C, "size": 1}])
    names = [("001.docx", A, 5), ("003.docx", C, 1), ("四年级语文《观潮》/教案.docx", B[:-1] + "0", 1)]
    found = identify(names, EDITION, manifest=manifest_of(form(lesson(), other)))
    assert [(g.identity.title, [m.name for m in g.materials]) for g in found] == [
        ("面积", ["001.docx"]), ("周长", ["003.docx"]), ("观潮", ["四年级语文《观潮》/教案.docx"]),
    ]  # fmt: skip


@pytest.mark.clause("E2")
def test_the_type_of_experiment_that_the_form_says_goes_with_the_lesson_when_it_is_one_of_the_edition() -> None:
    told = {}
    for value in ("跨学科实验", "未知", "魔术", 5, "坏\u202e字"):
        made = form(lesson(category="experiment", experiment_type=value, more="x"))
        (guess,) = identify([], EDITION, manifest=manifest_of(made))
        told[value] = dict(guess.records)
    kept = {value: {"experiment_type": value} for value in ("跨学科实验", "未知")}
    assert {value: row for value, row in told.items() if row} == kept
    (other,) = identify([], EDITION, manifest=manifest_of(form(lesson(experiment_type="跨学科实验"))))
    assert dict(other.records) == {}  # a subject lesson has none


def test_a_stage_that_the_form_leaves_out_follows_from_the_grade() -> None:
    (guess,) = identify([], EDITION, manifest=manifest_of(form(lesson(stage="", grade="初三"))))
    assert (guess.identity.stage, guess.identity.grade) == ("junior", "九年级")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, form(), form(lesson(title=5)), form(lesson(title="x" * 401)),
        form(lesson(title="a\nb")), form(lesson(periods=True)), form(lesson(periods=100)), form(lesson(files=None)),
        form(lesson(files=[{"name": None}])), form(lesson(authors="甲")), b" " * (1 << 20) + form(lesson()),
        form(lesson()).replace(b'"version": 1', b'"version": 2'),
    ],
    ids=range(16),
)  # fmt: skip
def test_what_is_no_form_or_breaks_a_bound_is_none(data: bytes) -> None:
    assert manifest_of(data) is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from([*lesson()]), _JSON))
def test_a_form_with_any_values_is_refused_or_keeps_every_name(changes: dict[str, Any]) -> None:
    manifest = manifest_of(form(lesson(**changes)))
    names = [("001.docx", A, 5), ("b/教案.docx", B, 6)]
    found = identify(names, EDITION, manifest=manifest)
    assert sorted(m.name for guess in found for m in guess.materials) == ["001.docx", "b/教案.docx"]
