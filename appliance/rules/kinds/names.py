"""Does a pupil's name seem visible on the sheets? Advice: a person looks, and the box keeps no name.

Sheets that nobody could look at for one reason are told in one line: a clerk without the reading part would else get
the same sentence for every sheet of every experiment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Material, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, measured
from appliance.rules.remark import Kind, Remark, undetermined

_WHAT, _EXPECTED = "扫描件上有没有露出学生姓名", "姓名已经遮住"


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    unseen: dict[str, list[str]] = defaultdict(list)
    for material, media in measured(rule, facts, "image", "pdf"):
        names = media.get("names") or {}
        if why := _not_seen(media, names):
            unseen[why].append(material.name)
        else:
            yield from _seen(rule, material, names["sheets"])
        if names.get("cut"):
            unseen[f"张数太多，只看了前 {len(names['sheets'])} 张"].append(material.name)
    for why, files in unseen.items():
        several = f"{len(files)} 份" if len(files) > 1 else ""
        yield undetermined("" if several else files[0], several + _WHAT, why, _EXPECTED)


def _not_seen(media: Mapping[str, Any], names: Mapping[str, Any]) -> str:
    if media.get("encrypted"):
        return "设了密码，打不开"
    if media["kind"] == "pdf" and not names:
        return "不是扫描成的图片，盒子没有看"
    return "" if "sheets" in names else str(names.get("undetermined") or "还没有看")


def _seen(rule: Rule, material: Material, sheets: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[Remark]:
    uncovered = [_written_behind(sheet, rule.limits) for sheet in sheets]
    if not any(uncovered):
        return
    which = "、".join(str(number) for number, labels in enumerate(uncovered, 1) if labels)
    place = f"“{called(material)}”" + (f"第 {which} 张" if len(sheets) > 1 else "")
    labels = [label for label in rule.limits["labels"] if any(label in one for one in uncovered)]
    fields = {"place": place, "labels": "、".join(f"“{label}”" for label in labels)}
    yield Remark("seen", material.name, f"{sum(map(bool, uncovered))} 张", _EXPECTED, fields)


def _written_behind(sheet: Sequence[Mapping[str, Any]], limits: Mapping[str, Any]) -> set[str]:
    return {one["label"] for one in sheet if one["label"] in limits["labels"] and one["ink"] >= limits["ink"]}


KIND = Kind(judge, ("labels", "ink"), {"seen": ("place", "labels")}, turn=Turn.FULL)
