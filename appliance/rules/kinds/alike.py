"""What is alike to something else that the box has held: a person says whether it is the teacher's own (G8).

`least_text` and `common_authors` are for whoever compares (`intake.likeness`). The words name nobody: a slip goes home with a teacher. Whose it is, only the office sees (`catalog.alikes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import Alike, LessonFacts, Material, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, concerned, is_whole, length, number
from appliance.rules.remark import Kind, Remark, undetermined

_LOOKS = {"print": "文字是否与别的课例相同", "voice": "声音是否与别的课例相同"}


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material in concerned(rule, facts):
        rows = [row for row in facts.alike if row.material == material.name]
        strangers, own = ([row for row in rows if row.own == own] for own in (False, True))
        remark = _remark(rule.limits, material, strangers) or _own(rule.limits, material, own)
        if remark:
            yield remark
        elif is_whole(material):
            yield from _blind(material)


def _remark(limits: Mapping[str, Any], material: Material, rows: Sequence[Alike]) -> Remark | None:
    for case, chosen in (
        ("same", [row for row in rows if row.kind == "file"]),
        ("text", [row for row in rows if row.kind == "text" and row.score >= limits["text"]]),
        ("sound", [row for row in rows if row.kind == "sound" and row.score >= limits["sound"]]),
        ("passage", [row for row in rows if row.kind == "sound" and row.amount >= limits["passage_s"]]),
    ):
        if chosen:
            return _said(case, material, chosen)
    return None


def _own(limits: Mapping[str, Any], material: Material, rows: Sequence[Alike]) -> Remark | None:
    chosen = [row for row in rows if row.kind == "file" or row.score >= limits[row.kind]]
    return _said("own", material, chosen) if chosen else None


def _said(case: str, material: Material, rows: Sequence[Alike]) -> Remark:
    most = max(rows, key=lambda row: row.score)
    share = number(most.score * 100, 0)
    fields = {
        "file": called(material), "share": share, "others": _others(rows), "start": length(most.start),
        "end": length(most.end),
    }  # fmt: skip
    return Remark(case, material.name, f"{share}% 相同", "教师自己的作品", fields)


def _others(rows: Sequence[Alike]) -> str:
    """另一节课例 / 另外 3 节课例；往年或外地名单里的 1 节课例"""
    here = len({row.lesson for row in rows if row.lesson})
    listed = sum(row.lesson == 0 for row in rows)
    parts = ["另一节课例" if here == 1 else f"另外 {here} 节课例"] if here else []
    parts += [f"外来名单里的 {listed} 节课例"] if listed else []
    return "和".join(parts)


def _blind(material: Material) -> Iterator[Remark]:
    """No print could be made although the file was read: nothing was compared."""
    for look, what in _LOOKS.items():
        seen = material.media.get(look)
        if isinstance(seen, dict) and seen.get("undetermined"):
            yield undetermined(material.name, what, str(seen["undetermined"]), "教师自己的作品")


_FIELDS = ("file", "share", "others", "start", "end")
KIND = Kind(
    judge, ("text", "sound", "passage_s", "least_text", "common_authors"), dict.fromkeys(("same", "text", "sound", "passage", "own"), _FIELDS),
    Turn.FULL,
)  # fmt: skip
