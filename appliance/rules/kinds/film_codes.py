"""QR codes in a film: shown with their second and what they say; a person says whether it is advertising. A textbook's
own code is only told."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.kinds.paper_codes import sorted_out
from appliance.rules.looking import called, clock, measured, pictures
from appliance.rules.remark import Kind, Remark, undetermined

_SHOWN = 3


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "video"):
        frames, why = pictures(media)
        if why:
            yield undetermined(material.name, "画面里的二维码", why, "没有广告")
            continue
        for case, codes in sorted_out(frames.get("codes", ()), rule.limits):
            shown = "；".join(f"{clock(one['at'])} 的“{one['text']}”" for one in codes[:_SHOWN])
            rest = f" 等 {len(codes)} 个" if len(codes) > _SHOWN else ""
            fields = {"file": called(material), "codes": shown + rest}
            yield Remark(case, material.name, f"{len(codes)} 个二维码", "没有广告", fields)


KIND = Kind(
    judge, ("allowed", "textbook"), {"found": ("file", "codes"), "textbook": ("file", "codes")}, turn=Turn.FULL
)  # fmt: skip
