"""日历: what is due, how long until then, the county's own dates, and what is done."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance import clock
from appliance.calendar.season import Item
from appliance.selection import dates
from web import auth, box
from web.pages import BY_NAME, SELECTORS

STRIP = 3  # of what is due, on the desk

page = Blueprint("season", __name__)


@page.get("/calendar")
def show() -> str:
    return render_template(
        BY_NAME["season"].template, items=_items(), clock=clock.now(), may=auth.user().role in SELECTORS
    )


@page.post("/calendar")
def set_day() -> Response:
    auth.require(SELECTORS)
    dates.set_day(box.catalog(), request.form.get("what", ""), request.form.get("day", ""), auth.user().name)
    return _back()


@page.post("/calendar/done")
def done() -> Response:
    auth.require(SELECTORS)
    form, by = request.form, auth.user().name
    dates.say(box.catalog(), box.edition(), form.get("key", ""), form.get("done") == "yes", form.get("note", ""), by)
    return _back()


def strip() -> list[Item]:
    """What is next, for the desk."""
    return [item for item in _items() if item.state != "done"][:STRIP]


def _items() -> list[Item]:
    return dates.items(box.catalog(), box.edition(), box.station().home)


def _back() -> Response:
    return make_response(redirect(url_for("season.show"), 303))
