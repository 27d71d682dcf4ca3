"""体检: what the box finds when it looks at itself, and the things that a technician then does."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from appliance import doctor, journal, restore
from appliance.backup import local
from appliance.reports import health as body_report
from web import auth, box
from web.pages import BY_NAME

page = Blueprint("doctor", __name__)


@page.get("/doctor")
def show() -> str:
    checks = doctor.checks(box.station(), box.catalog())
    return render_template(
        BY_NAME["doctor"].template, checks=checks, ill=[c for c in checks if c.ok is False],
        failed=bool(doctor.failures(box.station())),
    )  # fmt: skip


@page.post("/doctor/backup")
def make_backup() -> Response:
    local.make(box.station())
    with box.catalog().writing() as db:
        journal.append(db, "backup", "catalog", {}, actor=auth.user().name)
    return make_response(redirect(url_for("doctor.show"), 303))


@page.post("/doctor/seen")
def seen() -> Response:
    """The notes of parts that were given up are taken away, once somebody has looked into them."""
    notes = doctor.failures(box.station())
    for note in notes:
        note.unlink(missing_ok=True)
    with box.catalog().writing() as db:
        journal.append(db, "failures.seen", "box", {"was": [note.name for note in notes]}, actor=auth.user().name)
    return make_response(redirect(url_for("doctor.show"), 303))


@page.get("/doctor/report")
def report() -> Response:
    """One file for whoever helps from afar; it names nobody."""
    response = make_response(body_report.text(box.station(), box.catalog()))
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    name = quote(f"体检报告-{box.station().settings.code}.txt")
    response.headers["Content-Disposition"] = f"attachment; filename=report.txt; filename*=UTF-8''{name}"
    return response


@page.post("/doctor/drill")
def drill() -> Response:
    """The last backup is brought up in a scratch folder; the row 恢复演练 then says how it went."""
    restore.drill(box.station(), box.catalog(), actor=auth.user().name)
    return make_response(redirect(url_for("doctor.show"), 303))
