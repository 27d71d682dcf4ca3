"""One line of the 体检."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """`ok` None: could not be looked at, or not so important that the box is ill."""

    name: str
    ok: bool | None
    says: str
    fix: str = ""
