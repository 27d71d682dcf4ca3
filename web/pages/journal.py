"""日志: what happened, newest first, and whether the chain is whole."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from appliance import journal as chain
from appliance.catalog import events
from web import box
from web.pages import BY_NAME
from web.paging import ROWS

page = Blueprint("journal", __name__)


@page.get("/journal")
def show() -> str:
    return _page(None)


@page.post("/journal/verify")
def verify() -> str:
    """Reads the whole chain: a button, not something that every visit costs."""
    return _page(chain.verify(box.db()))


def _page(verified: tuple[int, int | None] | None) -> str:
    before = request.args.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 15 else None
    rows = events.newest(box.db(), ROWS, number)
    seq, head = chain.head(box.db())
    return render_template(
        BY_NAME["journal"].template, rows=rows, verified=verified, seq=seq, head=head, before=number,
        older=rows[-1]["seq"] if rows and rows[-1]["seq"] > 1 else None,
    )  # fmt: skip
