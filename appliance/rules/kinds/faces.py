"""Is the teacher seen in the picture? Only faces that look ahead are found, so few of them ask a person to look."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured, pictures
from appliance.rules.remark import Kind, Remark, undetermined


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "video"):
        frames, why = pictures(media)
        faces = frames.get("faces") or {}
        why = why or str(faces.get("undetermined") or "")
        if why:
            yield undetermined(material.name, "教师出镜", why, "画面里有教师")
        elif frames and faces["seen"] < faces["looked"] * rule.limits["least_share"]:
            fields = {"looked": faces["looked"], "seen": faces["seen"]}
            shown = f"抽看 {faces['looked']} 张，{faces['seen']} 张有人脸"
            yield Remark("few" if faces["seen"] else "none", material.name, shown, "画面里有教师", fields)


KIND = Kind(judge, ("least_share",), {"none": ("looked",), "few": ("looked", "seen")}, turn=Turn.FULL)
