"""审批: complete lessons that wait for the eyes of two, the longest-waiting first."""

from __future__ import annotations

from flask import Blueprint, render_template

from appliance.catalog import pages
from appliance.selection import checklist
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
    return render_template(BY_NAME["approval"].template, rows=rows, left=left, paging=paging.of(total), edition=edition)
