"""Is a file what its name says, and what its role needs? Types come from structure, never from the name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from appliance.model import LessonFacts, Material
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import called, concerned, readable
from appliance.rules.remark import Kind, Remark


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material in concerned(rule, facts):
        if readable(material) and not material.media.get("encrypted"):
            yield from _one(rule.limits, material)


def _one(limits: Mapping[str, Any], material: Material) -> Iterator[Remark]:
    kind, true = str(material.media["kind"]), str(material.media.get("type") or material.media["kind"])
    kind = true if kind == "ole" else kind  # an old document, deck or workbook: three kinds in one container
    ending = PurePosixPath(material.name).suffix.lower().lstrip(".")
    named = next((family for family, endings in limits["endings"].items() if ending in endings), "")
    fields = {
        "file": called(material),
        "named": ending.upper(),
        "true": f"{true.upper()} 格式",
        "wants": limits["wants"],
    }
    if kind not in limits["kinds"]:
        yield Remark("wrong_kind", material.name, f"{true.upper()} 格式", limits["wants"], fields)
    elif named and (named != kind or ending not in limits["types"].get(true, [ending])):
        yield Remark("mismatch", material.name, f"{true.upper()} 格式", f"{ending.upper()} 格式", fields)


KIND = Kind(
    judge, ("kinds", "wants", "endings", "types"),
    {"mismatch": ("file", "named", "true", "wants"), "wrong_kind": ("file", "true", "wants")},
)  # fmt: skip
