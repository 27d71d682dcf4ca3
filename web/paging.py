"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

ROWS = 50


@dataclass(frozen=True)
class Paging:
    """`number` from 1. `total`: rows in all."""

    number: int
    total: int = 0

    @property
    def offset(self) -> int:
        return (self.number - 1) * ROWS

    @property
    def last(self) -> int:
        return max(1, -(-self.total // ROWS))

    def of(self, total: int) -> Paging:
        return Paging(self.number, total)


def asked() -> Paging:
    """From `?page=`; anything that is no number is the first page."""
    text = request.args.get("page", "1")
    return Paging(max(1, min(int(text), 10**6)) if text.isascii() and text.isdecimal() and len(text) < 8 else 1)
