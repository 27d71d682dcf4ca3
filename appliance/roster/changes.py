"""What a new roster would change, so that a person can look before it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.roster.reading import Line, key_of
from appliance.roster.sheets import Sheet


@dataclass(frozen=True)
class Changed:
    """`fields`: (head of the column, before, now)."""

    who: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Changes:
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]
    same: int

    @property
    def none(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compare(sheet: Sheet, before: Sequence[Line], now: Sequence[Line]) -> Changes:
    old = {key_of(sheet, line): line for line in before}
    new = {key_of(sheet, line): line for line in now}
    changed = tuple(
        Changed(_called(key), _fields(sheet, old[key], new[key]))
        for key in new
        if key in old and _fields(sheet, old[key], new[key])
    )
    return Changes(
        tuple(_called(key) for key in new if key not in old), tuple(_called(key) for key in old if key not in new),
        changed, sum(1 for key in new if key in old) - len(changed),
    )  # fmt: skip


def _fields(sheet: Sheet, old: Line, new: Line) -> tuple[tuple[str, str, str], ...]:
    """A column that the older sheet did not know reads as empty."""
    pairs = ((column.heads[0], said(old.get(column.name, "")), said(new[column.name])) for column in sheet.columns)
    return tuple((head, before, now) for head, before, now in pairs if before != now)


def said(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "、".join(value)


def _called(key: tuple[str, ...]) -> str:
    return " ".join(filter(None, key))
