"""Samples for what stands inside documents and slides: macros, advertising, media, maps, type sizes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.rules.samples import DOCX, PDF, PPTX, Sample, complete, headings, with_media

PHONE = {"kind": "phone", "text": "13800000000", "place": 7}
AD = {"kind": "url", "text": "www.example.com/x", "place": 2}
PLATFORM = {"kind": "url", "text": "https://basic.smartedu.cn/syncClassroom", "place": 9}
FALSE_FRIEND = {"kind": "url", "text": "https://smartedu.cn.example.com", "place": 9}


def samples() -> Iterator[Sample]:
    good, trial = complete(), complete("experiment")
    for rule, role, media in (("macros", "plan", DOCX), ("macros-slides", "slides", PPTX)):
        yield Sample(rule, (), good, "none")
        yield Sample(rule, ("there",), with_media(good, role, {**media, "macros": True}), "a program inside")
    plan = headings("教学目标", "教学内容", "教学过程")
    yield Sample("advertising", (), good, "none")
    yield Sample("advertising", (), with_media(good, "plan", {**plan, "signs": [PLATFORM]}), "the state's platform")
    for role, media, sign in (("plan", plan, PHONE), ("slides", PPTX, AD), ("plan", {**plan, **PDF}, FALSE_FRIEND)):
        facts = with_media(good, role, {**media, "signs": [sign]})
        yield Sample("advertising", ("found",), facts, f"{media['kind']}: {sign['text']}")
    yield Sample(
        "advertising", ("undetermined",), with_media(good, "plan", {**plan, "cut": True}), "not read to the end"
    )
    away = [{"place": 3, "target": "实验.mp4", "outside": True}]
    yield Sample("slides-media", (), good, "all in it")
    yield Sample("slides-media", ("missing",), with_media(good, "slides", {**PPTX, "apart": away}), "a linked film")
    mapped = {**PPTX, "maps": [4], "credited": False}
    yield Sample("slides-maps", (), good, "no map")
    yield Sample("slides-maps", ("uncredited",), with_media(good, "slides", mapped), "a map without its source")
    yield Sample("slides-maps", (), with_media(good, "slides", {**mapped, "credited": True}), "a map with its source")
    yield Sample("slides-type", (), with_media(trial, "slides", {**PPTX, "small_pt": 28.0, "small_place": 2}), "large")
    yield Sample(
        "slides-type", ("small",), with_media(trial, "slides", {**PPTX, "small_pt": 12.0, "small_place": 2}), "12 pt"
    )
