"""Samples for what was read on a title card, and in the pictures of a film."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.rules.samples import VIDEO_ROLE, Sample, complete, known_as, video, with_media

SUBJECT = ("教材版本：人教版", "学科：数学", "三年级上册", "《分数的初步认识》", "主讲教师：教师甲")
EXPERIMENT = ("学科：数学", "三年级上册", "分数的初步认识", "主讲：教师甲", "示例县示例第一小学")
SAID = {name: "manifest" for name in ("title", "subject", "grade", "textbook", "teacher", "school")}


def shot(
    *texts: str, at: tuple[float, ...] = (0.5, 2.5, 4.5), surest: float = 0.999, least: float = 0.99
) -> dict[str, Any]:
    """What the look `card` says of pictures that show these lines."""
    lines = [
        {"text": text, "surest": surest, "least": least, "box": [0.2, 0.1 * row, 0.8, 0.1 * row + 0.08]}
        for row, text in enumerate(texts)
    ]
    return {"at": list(at), "lines": lines}


def card(*texts: str, **how: Any) -> dict[str, Any]:
    return {"shots": [shot(*texts, **how), shot("想一想", at=(5.5, 6.5, 8.5))]}


def samples() -> Iterator[Sample]:
    yield from _cards("subject", "title-card", SUBJECT)
    yield from _cards("experiment", "experiment-title-card", EXPERIMENT)
    yield from _words()


def _cards(category: str, rule: str, good: tuple[str, ...]) -> Iterator[Sample]:
    def one(cases: tuple[str, ...], id: str, read: dict[str, Any], still: float = 5.0, **identity: Any) -> Sample:
        media = video(720.0, card=read, opening={"still_s": still, "seconds": 9.0})
        facts = known_as(with_media(complete(category), VIDEO_ROLE[category], media), sources=SAID, **identity)
        return Sample(rule, cases, facts, f"{category}: {id}")

    yield one((), "all five fields stand there", card(*good))
    yield one((), "zooms, but its words stand for four seconds", card(*good), still=0.0)
    yield one(("short",), "all fields, but only two seconds", card(*good, at=(0.5, 2.5)), still=2.5)
    yield one(("short",), "flies in and is gone after two seconds", card(*good, at=(0.5, 2.5)), still=0.0)
    yield one(("lasting",), "never goes away", {"shots": [shot(*good, at=(0.5, 4.5, 8.5))]}, still=9.0)
    yield one((), "goes away before the ninth second", card(*good), still=9.0)
    yield one(("moving",), "no card and a moving picture", card("想一想"), still=0.0)
    yield one(("unclear",), "no card, and a slide that stands still", card("想一想"))
    yield one(("unclear",), "one field is missing", card(*(text for text in good if "三年级" not in text)))
    yield one(("unclear", "short"), "a field is missing, and it is short", card(*good[1:], at=(0.5, 2.5)), still=2.0)
    yield one(("unclear",), "faded: nothing was read well enough", card(*good, surest=0.5))
    yield one(("other",), "another grade", card(*_with(good, "三年级上册", "年级：四年级上册")))
    yield one(("unclear",), "another grade, not surely read", card(*_with(good, "三年级上册", "四年级上册"), least=0.9))
    yield one(("unclear",), "the same grade, another book", card(*_with(good, "三年级上册", "三年级下册")))
    another = card(*_with(good, "甲", "主讲教师：李示例"))
    yield one(("other",), "another teacher", another, teacher="王样品", authors=())
    yield one(("unclear",), "another teacher, ours in a corner", _corner(another), teacher="王样品", authors=())
    yield one((), "another of the authors", another, teacher="王样品", authors=("王样品", "李示例"))
    yield one(("unclear",), "a teacher with a character in common", card(*_with(good, "甲", "主讲教师：教师乙")))
    yield one(("unclear",), "another title", card(*_with(good, "分数", "课名：小数的初步认识")))
    yield one(("offered",), "the lesson does not say whose it is", card(*good), teacher="")
    guessed = one(("unclear",), "another grade, but ours was only guessed", card(*_with(good, "三年级", "四年级")))
    yield replace(guessed, facts=known_as(guessed.facts, sources={"grade": "folder"}))
    yield one(("still",), "no OCR on this box", {"undetermined": "这台盒子没有安装认字的部分"})


def _corner(read: dict[str, Any]) -> dict[str, Any]:
    first, *later = read["shots"]
    corner = {"text": "指导：王样", "surest": 0.9, "least": 0.8, "box": [0.8, 0.9, 0.9, 0.95]}
    return {"shots": [{**first, "lines": [*first["lines"], corner]}, *later]}


def _with(texts: tuple[str, ...], part: str, instead: str) -> tuple[str, ...]:
    return tuple(instead if part in text else text for text in texts)


def _words() -> Iterator[Sample]:
    def one(case: str, id: str, words: dict[str, Any]) -> Sample:
        facts = with_media(complete(), "video", video(720.0, words=words))
        return Sample("film-advertising", (case,) if case else (), facts, id)

    phone = {"kind": "phone", "text": "13800000000", "place": 200}
    yield one("", "nothing of the kind", {"signs": [], "read": 20, "of": 20})
    yield one("", "an address of the platform", {"signs": [{"kind": "url", "text": "www.smartedu.cn", "place": 3}]})
    yield one("found", "a telephone number", {"signs": [phone], "read": 24, "of": 90})
    yield one("unread", "no OCR on this box", {"undetermined": "这台盒子没有安装认字的部分"})
