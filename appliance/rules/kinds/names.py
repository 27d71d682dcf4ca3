"""Does a pupil's name seem visible on the sheets? Advice: a person looks, and the box keeps no name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark, undetermined

_WHAT, _EXPECTED = "扫描件上有没有露出学生姓名", "姓名已经遮住"


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "image", "pdf"):
        if media.get("encrypted"):
            yield undetermined(material.name, _WHAT, "设了密码，打不开", _EXPECTED)
            continue
        names = media.get("names") or {}
        if "sheets" not in names:
            yield undetermined(material.name, _WHAT, str(names.get("undetermined") or "还没有看"), _EXPECTED)
            continue
        sheets = [_written_behind(sheet, rule.limits) for sheet in names["sheets"]]
        if any(sheets):
            which = "、".join(str(number) for number, labels in enumerate(sheets, 1) if labels)
            place = f"“{called(material)}”" + (f"第 {which} 张" if len(sheets) > 1 else "")
            labels = [label for label in rule.limits["labels"] if any(label in one for one in sheets)]
            fields = {"place": place, "labels": "、".join(f"“{label}”" for label in labels)}
            yield Remark("seen", material.name, f"{sum(map(bool, sheets))} 张", _EXPECTED, fields)
        if names.get("cut"):
            yield undetermined(material.name, _WHAT, f"张数太多，只看了前 {len(sheets)} 张", _EXPECTED)


def _written_behind(sheet: Sequence[Mapping[str, Any]], limits: Mapping[str, Any]) -> set[str]:
    return {one["label"] for one in sheet if one["label"] in limits["labels"] and one["ink"] >= limits["ink"]}


KIND = Kind(judge, ("labels", "ink"), {"seen": ("place", "labels")}, turn=Turn.FULL)
