"""试讲场次: the sessions of the season, and a new one."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance.catalog import sessions, users
from appliance.errors import WrongUse
from appliance.selection import rubric, trial
from web import auth, box
from web.pages import BY_NAME, SELECTORS

page = Blueprint("trials", __name__)


@page.get("/sessions")
def show() -> str:
    edition = box.edition()
    return render_template(
        BY_NAME["trials"].template, sessions=sessions.everything(box.db()), edition=edition,
        scales=[rubric.rubric_of(edition, category) for category in edition.categories],
        heads=[one for one in users.everyone(box.db()) if one["role"] in SELECTORS and not one["disabled"]],
        held=edition.selection["calibration"]["value"],
    )  # fmt: skip


@page.post("/sessions")
def create() -> Response:
    form, edition = request.form, box.edition()
    category, stage = form.get("category", ""), form.get("stage", "")
    if category not in edition.categories or stage not in ("", *edition.stages):
        raise WrongUse("没有选类别或学段", remedy="请选了再建")
    left_out = [one.partition("/")[2] for one in form.getlist("left_out") if one.partition("/")[0] == category]
    name, subject, room = (form.get(field, "").strip()[:60] for field in ("name", "subject", "room"))
    no = trial.create(
        box.catalog(), edition, name, category, stage, subject, room, left_out, auth.user().name, form.get("head", "")
    )
    return make_response(redirect(url_for("trial.show", no=no), 303))
