"""`lessonbox check` on real lessons: real films, real documents, the real children."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import answer, run_lessonbox
from tests.samples import KINDS, make

# What is wrong with each sample: (rule, outcome) of its errors, in the order in which to mend them.
EXPECTED = {
    "bad": ("return", [("video-fps", "fail"), ("title-card", "needs a person"), ("task-sheet-sections", "fail")]),
    "half_copied": ("return", [("whole-video", "fail")]),
    "half_copied_moov_last": ("return", [("whole-video", "fail")]),
    "zero_tail": ("return", [("whole-video", "fail")]),
    "hevc": ("return", [("video-codec", "fail")]),
    "vfr": ("return", [("video-fps", "fail")]),
    "anamorphic": ("return", [("video-picture", "fail")]),
    "rotated": ("return", [("video-aspect", "fail")]),
    "hd720": ("return", [("video-picture", "fail")]),
    "too_short": ("return", [("duration-primary", "fail")]),
    "too_long": ("return", [("duration-primary", "fail")]),
}
# Each costs an encoding of its own on a fresh machine; small films in tests/probes show the same measures.
DEAR = ("junior", "two_periods", "hevc", "vfr", "anamorphic", "rotated", "hd720", "too_short", "too_long")
LOOSE = [pytest.param(kind, marks=[pytest.mark.slow] if kind in DEAR else []) for kind in KINDS]


@pytest.mark.clause("G2", "G3", "A2", "E3", "V5")
@pytest.mark.parametrize("kind", LOOSE)
def test_a_sample_lesson_gets_the_verdict_that_it_was_made_for(kind: str) -> None:
    verdict, errors = EXPECTED.get(kind, ("pass", []))
    (lesson,) = answer("check", make(kind))["lessons"]
    found = [(one["rule"], one["outcome"]) for one in lesson["findings"] if one["severity"] == "error"]
    assert (lesson["title"], lesson["verdict"], found) == (KINDS[kind].words.title, verdict, errors)


def test_errors_exit_with_1_and_a_sound_lesson_with_0() -> None:
    assert [run_lessonbox("check", make(kind)).returncode for kind in ("half_copied", "good")] == [1, 0]


@pytest.mark.clause("P3a", "P3c", "G2")
def test_the_same_design_is_asked_for_its_video_in_the_second_phase() -> None:
    lesson = answer("check", make("design_only"), "--phase", "production")["lessons"][0]
    assert [(one["clause"], one["says"]) for one in lesson["findings"]] == [("G2", "缺少微课视频")]


def test_loose_files_are_one_lesson_and_options_say_what_names_do_not(tmp_path: Path) -> None:
    plan = next(make("good").glob("教学设计*"))
    shutil.copy(plan, tmp_path / "教学设计.docx")
    words = ("check", tmp_path / "教学设计.docx", "--category", "subject", "--stage", "primary")
    lesson = answer(*words)["lessons"][0]
    roles = [(one["role"], one["name"]) for one in lesson["materials"]]
    assert (lesson["category"], lesson["stage"], lesson["phase"], roles) == (
        "subject", "primary", "design", [("plan", "教学设计.docx")],
    )  # fmt: skip


@pytest.mark.parametrize("words", [("no-such-folder",), (".", "--category", "sport")])
def test_wrong_use_exits_with_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run_lessonbox("check", *words).returncode == 2


def test_edition_show_and_lint_answer_in_json() -> None:
    shown, lint = answer("edition", "show"), answer("edition", "lint")
    assert (shown["id"], len(shown["hash"]), len(shown["rules"]), lint) == (
        "2024", 64, len({rule["id"] for rule in shown["rules"]}), {"ok": True, "problems": []},
    )  # fmt: skip
