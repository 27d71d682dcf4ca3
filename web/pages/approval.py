"""审批: complete lessons that wait for the eyes of two, the longest-waiting first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template

from appliance.catalog import pages, proposals
from appliance.catalog.lessons import identity_of
from appliance.selection import checklist, profiles
from web import box
from web.pages import BY_NAME
from web.paging import ROWS, asked

page = Blueprint("approval", __name__)


@page.get("/approvals")
def show() -> str:
    paging = asked()
    rows, total = pages.awaiting_approval(box.db(), ROWS, paging.offset)
    edition = box.edition()
    left = checklist.left(box.db(), edition, rows)
    return render_template(
        BY_NAME["approval"].template,
        rows=rows,
        left=left,
        chosen=_chosen(rows),
        paging=paging.of(total),
        edition=edition,
    )


def _chosen(rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Those that 遴选 chose and whose state does not tell it: a county that takes finished lessons chooses among
    complete ones."""
    known = profiles.read(box.edition().selection, box.station().settings.profile_of)
    decided, _ = proposals.decided(box.db())
    return {row["no"] for row in rows if row["no"] in decided and not known.of(identity_of(row)).chosen}
