"""Lint of what people read and answer: the checklist, and the steps by which teachers mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appliance.rules.kinds import KINDS
from appliance.rules.lint_words import applies, unknown

MAY_TICK = ("clerk", "approver")  # whoever decides about lessons; a technician keeps the box
_QUESTION_KEYS = {"place", "question", "applies", "who"}
_MOST_STEPS = 4  # more is not read, least of all on 80 mm of paper


def problems(raw: Mapping[str, Any]) -> list[str]:
    return [*_checklist(raw), *_remedies(raw)]


def _checklist(raw: Mapping[str, Any]) -> Iterator[str]:
    table = raw["checklist"]
    yield from unknown("checklist.toml", table, ("approval", "item"))
    yield from unknown("checklist.toml 的 approval", table["approval"], ("value", "why"))
    yield from unknown("checklist.toml 的 approval", [table["approval"]["value"]], ("warn", "demand"))
    if not table["approval"].get("why"):
        yield "checklist.toml 的 approval：没有写为什么"
    for clause, row in table["item"].items():
        where = f"checklist.toml 的 {clause}"
        yield from unknown(where, row, _QUESTION_KEYS)
        yield from applies(where, row.get("applies", {}), raw["edition"])
        yield from unknown(f"{where} 的 applies", row.get("applies", {}), ("category", "stage", "phase"))
        yield from unknown(f"{where} 的 who", row["who"], MAY_TICK)
        if not row["who"]:
            yield f"{where}：没有写谁可以回答"


def _remedies(raw: Mapping[str, Any]) -> Iterator[str]:
    table = raw["remedies"]
    yield from unknown("remedies.toml", table, ("default", "marks", "steps"))
    programs = {name for by_program in table["steps"].values() for name in by_program}
    yield from unknown("remedies.toml 的 default", table["default"], programs)
    yield from unknown("remedies.toml 的 marks", table["marks"], programs)
    yield from unknown("remedies.toml 的 steps", table["steps"], KINDS)
    for kind, by_program in table["steps"].items():
        for name, steps in by_program.items():
            if not 1 <= len(steps) <= _MOST_STEPS:
                yield f"remedies.toml 的 {kind}.{name}：要有 1 到 {_MOST_STEPS} 步"
