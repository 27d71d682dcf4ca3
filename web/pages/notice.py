"""公示名单: the open lists, for everybody on the LAN, and to print."""

from __future__ import annotations

from flask import Blueprint, render_template

from appliance.catalog import publicity as rows
from appliance.selection import publicity
from web import box
from web.pages import BY_NAME

page = Blueprint("notice", __name__)


@page.get("/notice")
def show() -> str:
    return render_template(BY_NAME["notice"].template, lists=publicity.public(rows.all_lists(box.db())))
