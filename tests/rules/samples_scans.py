"""Samples for pupils' sheets: written on, and different ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from appliance.model import LessonFacts
from tests.rules.samples import PNG, Sample, complete, scan

LOCKED = {"kind": "pdf", "type": "pdf", "encrypted": True}


def samples() -> Iterator[Sample]:
    def one(cases: str, id: str, *media: Mapping[str, Any]) -> Sample:
        return Sample("pupil-work-written", tuple(cases.split()), _with(*media), id)

    yield one("", "three pupils", scan(1), scan(2), scan(3))
    yield one("", "three pupils in one PDF", {**scan(1, 2, 3), "kind": "pdf"})
    yield one("blank", "a blank sheet", scan(1), scan(2), scan(0, marks=0))
    yield one("", "as few strokes as may be", scan(1, marks=20), scan(2), scan(3))
    yield one("same", "one sheet twice", scan(1), scan(2), scan(1))
    yield one("unfilled unfilled", "a form that nobody filled in", scan(1), scan(2), scan(0))
    yield one("undetermined", "a format that nobody can read", scan(1), scan(2),
              {**PNG, "writing": {"undetermined": "这种图片盒子看不了，请存成 JPG 或 PNG"}})  # fmt: skip
    yield one("undetermined", "nobody looked", scan(1), scan(2), PNG)
    yield one("undetermined", "more sheets than are looked at", scan(1), scan(2), _cut(scan(3)))
    yield one("undetermined", "locked", scan(1), scan(2), LOCKED)
    yield from _names()


def _names() -> Iterator[Sample]:
    def one(cases: str, id: str, *media: Mapping[str, Any]) -> Sample:
        return Sample("pupil-names", tuple(cases.split()), _with(scan(1), scan(2), *media), id)

    yield one("", "names covered", scan(3))
    yield one("", "a sheet without a label", _named(scan(3), [[]]))
    yield one("", "ink that is hardly any", _named(scan(3), [[("姓名", 0.09)]]))
    yield one("seen", "as much ink as is told", _named(scan(3), [[("姓名", 0.1)]]))
    yield one("seen", "a number on the second sheet of a PDF", _named(scan(3), [[("姓名", 0.0)], [("学号", 0.6)]]))
    yield one("seen", "a class is no name", _named(scan(3), [[("班级", 0.6)], [("姓名", 0.6)]]))
    yield one("undetermined", "nobody looked for a name", PNG)
    yield Sample("pupil-names", ("undetermined",), _with(*[_unread(scan(n)) for n in (1, 2, 3)]),
                 "a box that cannot read says it once for all sheets")  # fmt: skip
    yield one("undetermined", "names: more sheets than are looked at", _named(scan(3), [[]], cut=True))
    yield one("undetermined", "names: locked", LOCKED)
    yield one("undetermined", "names: a PDF that was typed", {"kind": "pdf", "type": "pdf", "encrypted": False})


def _unread(media: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**media, "names": {"undetermined": "这台盒子没有安装认字的部分"}}


def _named(media: Mapping[str, Any], sheets: list[list[tuple[str, float]]], cut: bool = False) -> Mapping[str, Any]:
    rows = [[{"label": label, "ink": ink} for label, ink in sheet] for sheet in sheets]
    return {**media, "names": {"sheets": rows, "cut": cut}}


def _cut(media: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**media, "writing": {**media["writing"], "cut": True}}


def _with(*media: Mapping[str, Any]) -> LessonFacts:
    """The experiment with these as its sheets."""
    facts = complete("experiment")
    sheets = [one for one in facts.materials if one.role == "pupil_work"]
    others = tuple(one for one in facts.materials if one.role != "pupil_work")
    return replace(
        facts, materials=(*others, *(replace(one, media=given) for one, given in zip(sheets, media, strict=False)))
    )
