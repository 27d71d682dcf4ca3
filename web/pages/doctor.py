"""体检: what the box finds when it looks at itself, and the things that a technician then does."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from appliance import backup, doctor, journal, restore
from web import auth, box
from web.pages import BY_NAME

page = Blueprint("doctor", __name__)


@page.get("/doctor")
def show() -> str:
    checks = doctor.checks(box.station(), box.catalog())
    return render_template(BY_NAME["doctor"].template, checks=checks, ill=[c for c in checks if c.ok is False])


@page.post("/doctor/backup")
def make_backup() -> Response:
    backup.make(box.station())
    with box.catalog().writing() as db:
        journal.append(db, "backup", "catalog", {}, actor=auth.user().name)
    return make_response(redirect(url_for("doctor.show"), 303))


@page.post("/doctor/drill")
def drill() -> Response:
    """The last backup is brought up in a scratch folder; the row 恢复演练 then says how it went."""
    restore.drill(box.station(), box.catalog(), actor=auth.user().name)
    return make_response(redirect(url_for("doctor.show"), 303))
