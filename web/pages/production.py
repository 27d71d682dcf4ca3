"""拍摄安排: what each candidate must still bring, when and where it is filmed, and the slip for its school."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance import clock
from appliance.catalog import filming
from appliance.errors import WrongUse
from appliance.printing import asking
from appliance.reports.filming import slips
from appliance.reports.reminder import reminder
from appliance.selection import production, reminders
from web import auth, box, printed
from web.pages import BY_NAME

page = Blueprint("production", __name__)


@page.get("/production")
def show() -> str:
    found = production.candidates(box.db(), box.edition())
    return render_template(
        BY_NAME["production"].template, candidates=found, days=filming.standing(box.db()), slots=production.SLOTS,
        owing=reminders.by_school(found, clock.now().wall[:10]), edition=box.edition(),
    )  # fmt: skip


@page.post("/production/<int:no>")
def plan(no: int) -> AnyResponse:
    form = request.form
    words = {name: form.get(name, "")[:200] for name in ("day", "slot", "place", "crew", "note")}
    production.plan(box.catalog(), no, production.Slot(**words), auth.user().name)
    return make_response(redirect(url_for("production.show", _anchor=f"c{no}"), 303))


@page.get("/production/slips")
def print_slips() -> Response:
    """Of the picked candidates, of all when none is picked."""
    picked = [int(no) for no in request.args.getlist("lesson") if no.isascii() and no.isdecimal() and len(no) < 10]
    known = [one.no for one in production.candidates(box.db(), box.edition())]
    if not known:
        raise WrongUse("现在没有初步人选", remedy="请先在遴选页定人选")
    return printed.answer(slips(box.db(), box.edition(), picked or known, box.station().settings.name))


@page.get("/production/reminders")
def print_reminders() -> Response:
    """催交单 of the picked schools, of all when none is picked."""
    schools = request.args.getlist("school")
    return printed.answer(reminder(box.station(), box.db(), schools))


@page.post("/production/<int:no>/reminder")
def to_printer(no: int) -> AnyResponse:
    """On the receipt printer, for the school of this lesson."""
    asking.ask(box.station(), box.catalog(), "reminder", no, auth.user().name)
    return make_response(redirect(url_for("printing.show"), 303))
