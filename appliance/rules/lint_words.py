"""What every part of lint asks: is this word known, and does a row apply to what there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def unknown(where: str, given: Any, known: Any) -> Iterator[str]:
    for key in sorted(set(given) - set(known)):
        yield f"{where}：不认识的“{key}”"


def applies(where: str, applies: Mapping[str, Any], head: Mapping[str, Any]) -> Iterator[str]:
    known = {
        "category": head["categories"], "stage": [*head["stages"], *head["stage_groups"]],
        "phase": head["phases"], "role": head["roles"],
    }  # fmt: skip
    yield from unknown(f"{where} 的 applies", applies, known)
    for name, values in applies.items():
        yield from unknown(f"{where} 的 applies.{name}", values, known.get(name, values))
