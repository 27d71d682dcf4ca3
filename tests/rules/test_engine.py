"""The words of findings, their order, and the verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from appliance.model import Finding, Outcome, Severity, Verdict
from appliance.rules import engine
from appliance.rules.kinds.sections import plain
from appliance.rules.load import load
from tests.rules.samples import complete, headings, video, with_media, without

EDITION = load("2024")
NOTE = Finding("r", "V5", Severity.ERROR, Outcome.FAIL, "a.mp4", "", "", "", "")


@pytest.mark.clause("V5", "W3")
def test_thirty_frames_are_returned_with_clause_measure_and_remedy() -> None:
    media = video(720.0, video__intervals={"count": 21600, "mean_fps": 30.0, "histogram": [[33.3, 21600]]})
    finding = engine.check(with_media(complete(), "video", media), EDITION)[0]
    assert finding == Finding(
        "video-fps", "V5", Severity.ERROR, Outcome.FAIL, "微课.mp4", "30 帧/秒", "25 帧/秒",
        "视频帧率是 30 帧/秒，要求 25 帧/秒", "在剪辑软件的导出设置里把帧率改成 25，再导出一次", "附件1 一（二）",
    )  # fmt: skip


@pytest.mark.clause("V2", "W3")
def test_a_video_of_50_minutes_is_returned_with_the_clause_and_the_fix() -> None:
    finding = engine.check(with_media(complete(), "video", video(3000.0)), EDITION)[0]
    assert (finding.clause, finding.says, finding.fix) == (
        "V2", "视频有 50 分钟，要求 10–15 分钟", "请把视频剪到 15 分钟以内，再导出一次",
    )  # fmt: skip


@pytest.mark.clause("V5")
def test_a_long_video_is_advised_the_bit_rate_that_fits_its_length() -> None:
    facts = with_media(complete(stage="senior"), "video", video(1150.0), size=1_080_000_000)
    size = next(one for one in engine.check(facts, EDITION) if one.rule == "video-size")
    assert (size.says, size.fix) == (
        "视频有 1.01 GB，超过 1 GB", "请在剪辑软件里把视频码率改成 6.8 Mbps 或更低，再导出一次",
    )  # fmt: skip


@pytest.mark.clause("D3")
def test_a_task_sheet_without_preparation_is_told_so_and_its_title_is_no_section() -> None:
    sheet = headings("《分数》学习任务单", "学习目标", "学习方式", "资源推荐")
    found = [one.says for one in engine.check(with_media(complete(), "task_sheet", sheet), EDITION)][:2]
    assert found == ["学习任务单里没有“学习任务”", "学习任务单里没有“学习准备”"]


def test_what_is_missing_comes_before_what_is_to_be_exported_again_and_advice_comes_last() -> None:
    media = video(720.0, video__codec="HEVC", video__bit_rate=2_000_000)
    facts = without(with_media(complete(), "video", media), "slides")
    assert [one.rule for one in engine.check(facts, EDITION)] == [
        "materials-present", "video-codec", "video-bitrate", "title-card",
    ]  # fmt: skip


@pytest.mark.clause("V3")
def test_a_moving_opening_asks_a_person_and_never_returns_by_machine() -> None:
    findings = engine.check(with_media(complete(), "video", video(720.0, opening={"still_s": 0.0})), EDITION)
    assert [(one.says, one.severity, one.outcome) for one in findings] == [
        ("开头没有看到约 5 秒的静止片头", Severity.ERROR, Outcome.PERSON)
    ]
    assert engine.verdict(findings) == Verdict.PERSON


def test_verdicts() -> None:
    person = replace(NOTE, outcome=Outcome.PERSON)
    warning = replace(NOTE, severity=Severity.WARNING)
    blind = replace(warning, outcome=Outcome.UNDETERMINED)
    assert [
        engine.verdict([]), engine.verdict([warning]), engine.verdict([NOTE, person]), engine.verdict([person]),
        engine.verdict([blind]), engine.verdict([replace(blind, waived="文书甲：看过")]),
        engine.verdict([replace(person, severity=Severity.INFO)]), engine.verdict([replace(NOTE, waived="不应放行")]),
    ] == [
        Verdict.PASS, Verdict.PASS, Verdict.RETURN, Verdict.PERSON, Verdict.PERSON, Verdict.PASS, Verdict.PASS,
        Verdict.RETURN,
    ]  # fmt: skip


def test_headings_are_compared_without_numbering_spaces_and_brackets() -> None:
    written = [
        "一、教学目标",
        "（二） 教 学 目 标：",
        "【教学目标】",
        "1．教学目标",
        "第一部分 教学目标",
        "①教学目标",
        "２、教学目标",
    ]
    assert [plain(text) for text in written] == ["教学目标"] * len(written)
