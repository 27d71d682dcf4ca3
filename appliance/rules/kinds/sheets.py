"""Have the pupils' sheets writing on them, and are they different sheets? A person decides; the box only points."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark, undetermined

_WIDTH, _HEIGHT = 256, 360  # of a page's bits, as the probe makes them
_ALL = (1 << _WIDTH * _HEIGHT) - 1
_NEAR = 3  # cells by which two pictures of one sheet may be shifted
_LEAST_INK = 200  # cells; what has less says nothing about likeness


@dataclass(frozen=True)
class _Sheet:
    name: str
    called: str
    bits: int


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    sheets: list[_Sheet] = []
    for material, media in measured(rule, facts, "image", "pdf"):
        if media.get("encrypted"):
            yield undetermined(material.name, "扫描件上有没有字", "设了密码，打不开", "写了字的扫描件")
            continue
        writing = media.get("writing") or {}
        if "pages" not in writing:
            why = str(writing.get("undetermined") or "还没有看")
            yield undetermined(material.name, "扫描件上有没有字", why, "写了字的扫描件")
            continue
        for number, page in enumerate(writing["pages"], 1):
            place = called(material) + (f"第 {number} 张" if len(writing["pages"]) > 1 else "")
            if page["marks"] < rule.limits["marks"]:
                shown = f"{page['marks']} 处笔画"
                yield Remark("blank", material.name, shown, "写了字的扫描件", {"file": place})
            else:
                sheets.append(_Sheet(material.name, place, _bits(page)))
        if writing.get("cut"):
            why = f"张数太多，只看了前 {len(writing['pages'])} 张"
            yield undetermined(material.name, "扫描件上有没有字、有没有两份一样", why, "写了字的扫描件")
    yield from _alike(rule.limits, sheets)


def _alike(limits: Mapping[str, Any], sheets: list[_Sheet]) -> Iterator[Remark]:
    for one, other in combinations(sheets, 2):
        beyond = min((_beyond(one.bits, turned) for turned in _turned(other.bits)), key=max)
        fields = {"file": one.called, "other": other.called}
        if max(beyond) <= limits["same"]:
            yield Remark("same", other.name, "两份一样", "每份不同", fields)
        elif min(beyond) <= limits["same"] and max(beyond) >= limits["filled"]:
            empty, full = (one, other) if beyond[0] < beyond[1] else (other, one)
            fields = {"file": empty.called, "other": full.called}
            yield Remark("unfilled", empty.name, "没有另外写的字", "学生写过的", fields)


def _bits(page: Mapping[str, Any]) -> int:
    """Row by row from the top, a 1 for ink. What the probe wrote is the box's own; a damaged row counts as no ink."""
    try:
        return int.from_bytes(zlib.decompress(base64.b64decode(page["bits"])), "big") & _ALL
    except (zlib.error, binascii.Error):
        return 0


def _turned(bits: int) -> Iterator[int]:
    """As it is, on its head, and the mirror images of both."""
    text = f"{bits:0{_WIDTH * _HEIGHT}b}"
    rows = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    for lines in (rows, [row[::-1] for row in rows]):
        yield int("".join(lines), 2)
        yield int("".join(reversed(lines)), 2)


def _beyond(one: int, other: int) -> tuple[float, float]:
    """Share of the ink of each that has none of the other nearby, at the shift where they agree best."""
    inks = one.bit_count(), other.bit_count()
    if min(inks) < _LEAST_INK:
        return 1.0, 1.0
    wide = _widened(one), _widened(other)
    best = (1.0, 1.0)
    for down in range(-_NEAR, _NEAR + 1):
        for across in range(-_NEAR, _NEAR + 1):
            by = down * _WIDTH + across
            left = (one & ~_moved(wide[1], by)).bit_count() / inks[0]
            right = (other & ~_moved(wide[0], -by)).bit_count() / inks[1]
            best = min(best, (left, right), key=sum)
    return best


def _moved(bits: int, by: int) -> int:
    return (bits << by if by >= 0 else bits >> -by) & _ALL


def _widened(bits: int) -> int:
    """Each piece of ink a cell larger on all sides."""
    wide = bits | _moved(bits, 1) | _moved(bits, -1)
    return wide | _moved(wide, _WIDTH) | _moved(wide, -_WIDTH)


KIND = Kind(
    judge, ("marks", "same", "filled"),
    {"blank": ("file",), "same": ("file", "other"), "unfilled": ("file", "other")}, turn=Turn.FULL,
)  # fmt: skip
