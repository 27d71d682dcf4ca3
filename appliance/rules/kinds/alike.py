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

_LOOKS = {"print": "文字是否与别的课例相同", "sound": "声音是否与别的课例相同", "frames": "画面是否与别的课例相同"}


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material in concerned(rule, facts):
        rows = [row for row in facts.alike if row.material == material.name]
        strangers, own = ([row for row in rows if row.own == own] for own in (False, True))
        remarks = list(_remarks(rule.limits, material, strangers)) or list(_own(rule.limits, material, own))
        yield from remarks
        if not remarks and is_whole(material):
            yield from _blind(material)


def _remarks(limits: Mapping[str, Any], material: Material, rows: Sequence[Alike]) -> Iterator[Remark]:
    """The strongest first; a lesson that one remark counts is not counted by the next."""
    told: set[tuple[int, str]] = set()
    for case, found in (
        ("same", [row for row in rows if row.kind == "file"]),
        ("text", [row for row in rows if row.kind == "text" and row.score >= limits["text"]]),
        ("sound", [row for row in rows if row.kind == "sound" and row.score >= limits["sound"]]),
        ("picture", [row for row in rows if row.kind == "picture" and _most_of(row, limits)]),
        ("passage", [row for row in rows if row.kind == "sound" and row.amount >= limits["passage_s"]]),
        ("scenes", [row for row in rows if row.kind == "picture" and len(row.moments) >= limits["scenes"]]),
    ):
        chosen = [row for row in found if (row.lesson, row.whose) not in told]
        told.update((row.lesson, row.whose) for row in chosen)
        if chosen:
            yield _said(case, material, chosen)


def _most_of(row: Alike, limits: Mapping[str, Any]) -> bool:
    """A share of a handful of pictures says nothing: there must be some."""
    return row.score >= limits["picture"] and len(row.moments) >= limits["scenes"]


def _own(limits: Mapping[str, Any], material: Material, rows: Sequence[Alike]) -> Iterator[Remark]:
    chosen = [row for row in rows if row.kind == "file" or _own_kind(row, limits)]
    if chosen:
        yield _said("own", material, chosen)


def _own_kind(row: Alike, limits: Mapping[str, Any]) -> bool:
    return _most_of(row, limits) if row.kind == "picture" else row.score >= limits[row.kind]


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
    judge, ("text", "sound", "passage_s", "picture", "scenes", "least_text", "common_authors"),
    dict.fromkeys(("same", "text", "sound", "picture", "passage", "scenes", "own"), _FIELDS), Turn.FULL,
)  # fmt: skip
