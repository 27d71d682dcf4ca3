"""Long lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request

ROWS = 50


@dataclass(frozen=True)
class Paging:
    """`number` from 1. `total`: rows in all. `rows`: on one page."""

    number: int
    total: int = 0
    rows: int = ROWS

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.rows

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.rows))

    def of(self, total: int) -> Paging:
        return replace(self, total=total)


def asked(rows: int = ROWS) -> Paging:
    """From `?page=`; anything that is no number is the first page."""
    text = request.args.get("page", "1")
    number = max(1, min(int(text), 10**6)) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
    return Paging(number, rows=rows)
