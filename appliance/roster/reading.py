"""Cells become lines of a roster, or sentences about what is wrong, each with the line of the sheet it stands on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from appliance.roster.sheets import LONGEST, Column, Sheet

Line = dict[str, str | list[str]]
_HEAD_WITHIN = 10  # a sheet has a title and notes above its head line, seldom more
_SEPARATORS = re.compile(r"[、;,\n]+")


@dataclass(frozen=True)
class Wrong:
    """`line`: as the sheet counts, from 1; 0 for the sheet as a whole."""

    line: int
    says: str


@dataclass(frozen=True)
class Read:
    """`lines` in the order of the sheet; to be used only when `wrong` is empty. `unused`: heads that nobody reads."""

    lines: tuple[Line, ...]
    wrong: tuple[Wrong, ...]
    unused: tuple[str, ...] = ()


def read(sheet: Sheet, cells: Sequence[Sequence[str]]) -> Read:
    rows = [[plain(cell) for cell in row] for row in cells]
    head = max(range(min(len(rows), _HEAD_WITHIN)), key=lambda at: len(_places(sheet, rows[at])), default=None)
    places = _places(sheet, rows[head]) if head is not None else {}
    missing = [column.heads[0] for column in sheet.columns if column.required and column.name not in places]
    if head is None or missing:
        wanted = "、".join(missing or [column.heads[0] for column in sheet.columns if column.required])
        return Read((), (Wrong(0, f"前 {_HEAD_WITHIN} 行里没有找到这些栏目：{wanted}"),))
    lines, wrong = [], []
    seen: dict[tuple[str, ...], int] = {}
    for at, row in enumerate(rows[head + 1 :], head + 2):
        if not any(row):
            continue
        line, faults = _line(sheet, places, row)
        faults += _twice(sheet, line, at, seen)
        wrong += [Wrong(at, says) for says in faults]
        lines.append(line)
    if not lines:
        wrong.append(Wrong(0, "表里没有内容"))
    unused = tuple(cell for at, cell in enumerate(rows[head]) if cell and at not in places.values())
    return Read(tuple(lines), tuple(wrong), unused)


def plain(text: str) -> str:
    """NFKC, without unseen marks; line breaks stay as separators of lists."""
    kept = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isprintable() or char == "\n")
    return re.sub(r"[ \t]+", " ", kept).strip()


def key_of(sheet: Sheet, line: Mapping[str, str | list[str]]) -> tuple[str, ...]:
    return tuple(str(line[name]) for name in sheet.key)


def _places(sheet: Sheet, row: Sequence[str]) -> dict[str, int]:
    """{column: where it stands}; a star or a note in brackets beside the head does not matter."""
    heads = [re.sub(r"\(.*?\)|[*\s:]", "", cell) for cell in row]
    found: dict[str, int] = {}
    for column in sheet.columns:
        place = next((heads.index(head) for head in column.heads if head in heads), None)
        if place is not None and place not in found.values():
            found[column.name] = place
    return found


def _line(sheet: Sheet, places: Mapping[str, int], row: Sequence[str]) -> tuple[Line, list[str]]:
    line: Line = {}
    faults: list[str] = []
    for column in sheet.columns:
        place = places.get(column.name)
        text = row[place] if place is not None and place < len(row) else ""
        line[column.name] = _several(text) if column.many else text.replace("\n", "")
        faults += _faults(column, text)
    return line, faults


def _faults(column: Column, text: str) -> Iterator[str]:
    head = column.heads[0]
    if column.required and not text:
        yield f"“{head}”没有填"
    if len(text) > LONGEST:
        yield f"“{head}”超过 {LONGEST} 个字"
    elif says := column.wrong(text):
        yield f"“{head}”{says}，现在是“{text}”"


def _several(text: str) -> list[str]:
    return sorted({part.strip() for part in _SEPARATORS.split(text)} - {""})


def _twice(sheet: Sheet, line: Line, at: int, seen: dict[tuple[str, ...], int]) -> list[str]:
    key = key_of(sheet, line)
    before = seen.setdefault(key, at)
    return [] if before == at else [f"和第 {before} 行重复：{' '.join(filter(None, key))}"]
