"""名册: bring a sheet, see what it changes, accept it; the one before can be put back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Blueprint, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from appliance.catalog import rosters
from appliance.errors import WrongUse
from appliance.roster import blank, imports
from appliance.roster.changes import compare
from appliance.roster.sheets import BY_KIND, SHEETS
from web import auth, box
from web.pages import BY_NAME

page = Blueprint("roster", __name__)


@page.get("/rosters")
def show() -> str:
    return render_template(BY_NAME["roster"].template, sheets=SHEETS, by_kind=BY_KIND, **_rows())


@page.get("/rosters/<kind>/blank")
def empty(kind: str) -> Response:
    sheet = imports.sheet_of(kind)
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "blank.xlsx"
        blank.write(sheet, path)
        return send_file(path.open("rb"), as_attachment=True, download_name=f"{sheet.title}.xlsx")


@page.post("/rosters/<kind>")
def bring(kind: str) -> Response:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise WrongUse("没有选文件", remedy="请先选一份 xlsx 或 CSV")
    with tempfile.NamedTemporaryFile() as kept:
        given.save(kept)
        kept.flush()
        brought = imports.bring(box.catalog(), kind, Path(kept.name), given.filename[:120], auth.user().name)
    if brought.read.wrong:
        text = render_template("roster/faults.html", brought=brought, title=BY_NAME["roster"].title)
        return make_response(text, 422)
    return make_response(redirect(url_for("roster.preview", id=brought.id), 303))


@page.get("/rosters/<int:id>")
def preview(id: int) -> str:
    row = rosters.by_id(box.db(), id)
    sheet = BY_KIND[row["kind"]]
    before = [] if row["state"] == rosters.IN_FORCE else rosters.lines(box.db(), row["kind"])
    return render_template("roster/preview.html", row=row, sheet=sheet, changes=compare(sheet, before, row["lines"]))


@page.post("/rosters/<int:id>/accept")
def accept(id: int) -> Response:
    imports.accept(box.catalog(), id, auth.user().name)
    return make_response(redirect(url_for("roster.show"), 303))


@page.post("/rosters/<int:id>/drop")
def drop(id: int) -> Response:
    imports.drop(box.catalog(), id, auth.user().name)
    return make_response(redirect(url_for("roster.show"), 303))


def _rows() -> dict[str, object]:
    rows = rosters.history(box.db())
    return {
        "in_force": {row["kind"]: row for row in rows if row["state"] == rosters.IN_FORCE},
        "drafts": {row["kind"]: row for row in rows if row["state"] == rosters.DRAFT},
        "earlier": [row for row in rows if row["state"] == rosters.REPLACED][:20],
    }
