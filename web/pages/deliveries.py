"""投递记录: all that was ever handed in, newest first."""

from __future__ import annotations

from flask import Blueprint, render_template

from appliance.catalog import deliveries, pages, under_way
from web import box
from web.pages import BY_NAME
from web.paging import ROWS, asked

page = Blueprint("deliveries", __name__)


@page.get("/deliveries")
def show() -> str:
    paging = asked().of(deliveries.count(box.db()))
    rows = pages.recent_deliveries(box.db(), ROWS, paging.offset)
    return render_template(
        BY_NAME["deliveries"].template, rows=rows, paging=paging, under_way=under_way.under_way(box.db())
    )
