"""公示: open a list, write down objections and their outcomes, close it. `notice` is what everybody sees."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance import clock
from appliance.calendar import calendar
from appliance.catalog import lessons
from appliance.catalog import publicity as rows
from appliance.errors import WrongUse
from appliance.selection import publicity
from appliance.selection.publicity import OUTCOMES, SHOWN_FROM, Asked
from web import auth, box
from web.pages import BY_NAME

LONGEST = 2000  # characters of a text
_MOST = 1000  # lessons to pick from

page = Blueprint("publicity", __name__)


@page.get("/publicity")
def show() -> str:
    may_be_shown = [row for state in sorted(SHOWN_FROM) for row in lessons.find(box.db(), state, limit=_MOST)]
    edition = box.edition()
    return render_template(
        BY_NAME["publicity"].template, lists=rows.all_lists(box.db()), lessons=may_be_shown, edition=edition,
        days=edition.selection["publicity"]["days"], today=dt.date.today().isoformat(), over=_over(),
        picked={int(no) for no in request.args.getlist("lesson") if no.isdecimal() and len(no) < 10},
    )  # fmt: skip


@page.post("/publicity")
def begin() -> Response:
    form = request.form
    numbers = tuple(int(no) for no in form.getlist("lesson") if no.isascii() and no.isdecimal() and len(no) < 10)
    asked = Asked(
        form.get("title", "")[:200], numbers, _day(form.get("first_day", "")), _whole(form.get("days", "")),
        form.get("contact", "")[:500],
    )  # fmt: skip
    found = calendar(box.station().home)
    no = publicity.open_list(box.catalog(), asked, found, box.edition(), auth.user().name)
    return _to(no)


@page.get("/publicity/<int:no>")
def one(no: int) -> str:
    found = rows.by_no(box.db(), no)
    first, last = (dt.date.fromisoformat(found[name]) for name in ("first_day", "last_day"))
    knows = calendar(box.station().home).knows(first, last)
    return render_template("publicity/one.html", found=found, outcomes=OUTCOMES, knows=knows, over=_over())


@page.post("/publicity/<int:no>/objections")
def object_to(no: int) -> Response:
    form = request.form
    lesson = _whole(form["lesson"]) if form.get("lesson") else None
    publicity.object_to(
        box.catalog(), no, lesson, form.get("who", "")[:200], form.get("says", "")[:LONGEST], auth.user().name
    )
    return _to(no)


@page.post("/publicity/<int:no>/objections/<int:id>")
def answer(no: int, id: int) -> Response:
    form = request.form
    publicity.answer(box.catalog(), id, form.get("outcome", ""), form.get("says", "")[:LONGEST], auth.user().name)
    return _to(no)


@page.post("/publicity/<int:no>/close")
def close(no: int) -> Response:
    publicity.close(box.catalog(), no, request.form.get("note", "")[:LONGEST], auth.user().name)
    return _to(no)


def _over() -> dict[str, bool]:
    """By the numbers of the open lists: whether their days are over, as far as the clock can tell."""
    moment = clock.now()
    return {str(row["no"]): publicity.is_over(row, moment) for row in rows.all_lists(box.db())}


def _to(no: int) -> Response:
    return make_response(redirect(url_for("publicity.one", no=no), 303))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise WrongUse("开始的日子没有写对", remedy="请写成 2024-09-20 的样子") from error


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise WrongUse("要写整数", remedy="请改了再试")
    return int(text)
