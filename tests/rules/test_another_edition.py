"""The comparison edition differs in categories, roles, stages, numbers and words; the same box works with it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from appliance.model import Identity, LessonFacts, Material, Phase
from appliance.rules import engine
from appliance.rules.lint import lint
from appliance.rules.load import EDITIONS, load
from tests.conftest import answer, make_station, run_lessonbox
from tests.rules.samples import PPTX, headings, video
from tests.samples import make
from tests.structure.tracked import ROOT

OTHER = load("2023")
# Ids that mean something else in code too: kinds of files, fields of a lesson, a kind of rule or a case of it, a trait.
ALSO_WORDS_OF_THE_BOX = {
    "video",
    "film",
    "slides",
    "subject",
    "other",
    "evidence",
    "form",
    "plan",
    "blind",
    "log",
    "paper",
    "draft",
}


def lecture(seconds: float = 400.0, fps: float = 30.0, **changes: Any) -> LessonFacts:
    media = video(
        seconds, video__width=1280, video__height=720,
        video__intervals={"count": 9000, "mean_fps": fps, "histogram": [[1000 / fps, 9000]]}, **changes,
    )  # fmt: skip
    return LessonFacts(
        Identity(title="示例课", category="lecture", stage="lower", subject="劳动"), Phase.PRODUCTION,
        (
            Material("film", 1, "短片.mp4", "f", 300_000_000, media),
            Material("draft", 1, "设计.docx", "d", 9000, headings("教学目标", "教学过程", "板书设计")),
            Material("deck", 1, "课件.pptx", "k", 9000, PPTX),
        ),
    )  # fmt: skip


def test_it_is_sound_and_says_that_it_is_nobodys_notice() -> None:
    assert lint(EDITIONS / "2023") == []
    assert (OTHER.title, OTHER.notice) == ("对照版（不是通知，自编）", "没有依据任何通知")


def test_it_shares_no_category_stage_role_or_rule_with_2024() -> None:
    first = load("2024")
    for words in ("categories", "stages", "roles"):
        assert set(getattr(OTHER, words)) & set(getattr(first, words)) == set()
    assert {rule.id for rule in OTHER.rules} & {rule.id for rule in first.rules} == set()


def test_the_same_engine_judges_by_its_numbers() -> None:
    assert engine.check(lecture(), OTHER) == []
    assert [(one.rule, one.measured, one.expected) for one in engine.check(lecture(700.0, 25.0), OTHER)] == [
        ("film-length", "11 分 40 秒", "5–8 分钟"), ("film-fps", "25 帧/秒", "30 帧/秒"),
    ]  # fmt: skip


def test_what_films_show_is_judged_by_its_numbers_and_its_list_of_sites() -> None:
    """Four seconds of black are nothing in 2024; each knows other sites."""
    signs = [{"kind": "url", "text": f"www.{site}", "place": 90} for site in ("example.org", "smartedu.cn")]
    code = {"text": "https://www.smartedu.cn/", "at": 90.0}
    shown = lecture(frames__black=[[60.0, 64.0]], frames__codes=[code], words={"signs": signs, "read": 9, "of": 9})
    assert [(one.rule, one.measured) for one in engine.check(shown, OTHER)] == [
        ("film-notices", "1 处"), ("film-squares", "1 个二维码"), ("film-stands", "最长 4 秒"),
    ]  # fmt: skip


def test_check_names_files_and_speaks_by_its_words() -> None:
    (lesson,) = answer("check", make("good"), "--edition", "2023")["lessons"]
    found = {one["rule"]: one["says"] for one in lesson["findings"]}
    assert (lesson["category"], lesson["stage"], lesson["phase"]) == ("lecture", "lower", "production")
    assert {"film", "draft", "deck"} <= {one["role"] for one in lesson["materials"]}
    assert {one["role"] for one in lesson["materials"]} <= set(OTHER.roles)
    assert found["film-fps"] == "短片是 25 帧/秒，要求 30 帧/秒"
    assert lesson["verdict"] == "return"


def test_a_station_with_it_takes_in_checks_and_prints_the_slip(tmp_path: Path) -> None:
    box = make_station(tmp_path / "county", more='edition = "2023"\n')
    (delivery,) = answer("intake", make("good"), "--home", box.home)["deliveries"]
    rules = {one["rule"] for lesson in delivery["lessons"] for one in lesson["findings"]}
    own = {rule.id for rule in OTHER.rules} | {"copy-proof"}  # what the box itself says of a copy
    assert {"film-fps", "film-picture"} <= rules <= own
    out = tmp_path / "slip.html"
    run_lessonbox("report", "slip", delivery["no"], "--out", out, "--home", box.home)
    slip = out.read_text()
    assert "对照版（不是通知，自编）" in slip and "短片是 25 帧/秒，要求 30 帧/秒" in slip and "V5" not in slip


@pytest.mark.parametrize("room", ["appliance", "web", "sync"])
def test_no_code_names_a_category_stage_or_role_of_an_edition(room: str) -> None:
    words = {
        word
        for name in ("2023", "2024")
        for table in ("categories", "stages", "roles", "special_kinds")
        for word in getattr(load(name), table)
    } - ALSO_WORDS_OF_THE_BOX
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in words
    ]
    pages = [
        f"{path.relative_to(ROOT)} {word}"
        for path in (ROOT / room / "templates").rglob("*.html")
        for word in words
        if f'"{word}"' in path.read_text()
    ]
    assert found + pages == []
