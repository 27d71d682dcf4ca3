"""The sound: there, in the wanted codec, near the wanted bit rate (bit/s)."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.model import LessonFacts
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured, number
from appliance.rules.remark import Kind, Remark, undetermined


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    wanted, bit_rate = rule.limits["codec"], rule.limits["bit_rate"]
    for material, media in measured(rule, facts, "video"):
        sound = media.get("audio")
        if not sound:
            yield Remark("none", material.name, "没有声音", wanted, {"wanted": wanted})
            continue
        codec, rate = str(sound.get("codec") or ""), sound.get("bit_rate")
        if not codec:
            yield undetermined(material.name, "声音编码", "没有读到编码", wanted)
        elif codec != wanted:
            yield Remark("wrong", material.name, codec, wanted, {"codec": codec, "wanted": wanted})
        elif rate and abs(rate / bit_rate - 1) > rule.limits["tolerance"]:
            shown, asked = number(rate / 1000, 0), number(bit_rate / 1000)
            yield Remark("rate", material.name, f"{shown} kbps", f"{asked} kbps", {"rate": shown, "wanted": asked})


KIND = Kind(
    judge, ("codec", "bit_rate", "tolerance"),
    {"none": ("wanted",), "wrong": ("codec", "wanted"), "rate": ("rate", "wanted")},
)  # fmt: skip
