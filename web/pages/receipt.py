"""回执详情: one signed receipt of the station above, as it came."""

from __future__ import annotations

import json

from flask import Blueprint, abort, render_template

from appliance.catalog import shipments
from web import box
from web.pages import BY_NAME
from web.pages.upstream import city_time

page = Blueprint("receipt", __name__)


@page.get("/receipts/<int:no>")
def show(no: int) -> str:
    row = shipments.receipt(box.db(), no)
    if row is None:
        abort(404)
    try:
        document = json.loads(row["document"])
    except ValueError:
        document = {}
    findings = document.get("findings", []) if isinstance(document, dict) else []
    return render_template(
        BY_NAME["receipt"].template,
        receipt=row,
        document=document,
        findings=[each for each in findings if isinstance(each, dict)],
        city_time=city_time(row["document"]),
    )
