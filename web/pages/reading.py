"""初筛评阅: an expert enters by the code that judges have, sees designs without names, and says what they think."""

from __future__ import annotations

import secrets

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from appliance.catalog import lessons, screenings
from appliance.errors import NeedsPerson
from appliance.selection.checklist import ANSWERS
from appliance.selection.screening import materials, opinions, rounds
from web import blind_files, box, judge
from web.pages import BY_NAME

page = Blueprint("reading", __name__)


@page.get("/reading")
def show() -> str:
    name = judge.current()
    if not name:
        return render_template("reading/enter.html", error=None)
    mine = [one for one in screenings.readings(box.db(), expert=name) if not one["ended"]]
    in_rounds = {one["screening"] for one in mine}
    open_rounds = [one for one in screenings.everything(box.db()) if one["id"] in in_rounds]
    return render_template(
        BY_NAME["reading"].template, expert=name, rounds=open_rounds, readings=mine, edition=box.edition(),
        says=opinions.SAYS,
        titles=materials.titles(box.db(), lessons.many(box.db(), {one["lesson"] for one in mine}).values()),
    )  # fmt: skip


@page.post("/reading/enter")
def enter() -> AnyResponse:
    try:
        judge.enter(request.form.get("code", ""))
    except NeedsPerson as error:
        return make_response(render_template("reading/enter.html", error=error), 401)
    return _home()


@page.post("/reading/leave")
def leave() -> AnyResponse:
    session.clear()
    return _home()


@page.get("/reading/<int:no>")
def sheet(no: int) -> str:
    row = opinions.reading_of(box.catalog(), no, judge.required())
    lesson, edition = lessons.by_no(box.db(), row["lesson"]), box.edition()
    return render_template(
        "reading/sheet.html", row=row, lesson=lesson, title=materials.titles(box.db(), [lesson])[lesson.no], edition=edition, client=secrets.token_hex(12),
        shown=materials.of_lesson(box.db(), edition, lesson), questions=opinions.questions(edition, lesson.identity),
        answers=ANSWERS, says=opinions.SAYS, closed=screenings.by_id(box.db(), row["screening"])["closed_at"],
    )  # fmt: skip


@page.get("/reading/<int:no>/<int:material>")
def file(no: int, material: int) -> Response:
    """A copy without names; as it is, when a person allowed that."""
    name = judge.required()
    row = opinions.reading_of(box.catalog(), no, name)
    lesson = lessons.by_no(box.db(), row["lesson"])
    shown = materials.of_lesson(box.db(), box.edition(), lesson)
    return blind_files.answer(lesson, shown, material, "screening.read", name)


@page.post("/reading/<int:no>")
def say(no: int) -> AnyResponse:
    form = request.form
    answers = {name[7:]: value for name, value in form.items() if name.startswith("answer-") and value}
    given = opinions.Sheet(form.get("says", ""), form.get("reason", ""), answers, form.get("client", ""))
    opinions.say(box.catalog(), box.edition(), no, judge.required(), given)
    return _home()


@page.post("/reading/<int:no>/recuse")
def recuse(no: int) -> AnyResponse:
    name = judge.required()
    opinions.reading_of(box.catalog(), no, name)
    rounds.take_off(box.catalog(), no, request.form.get("reason", "")[:500], name)
    return _home()


def _home() -> AnyResponse:
    return make_response(redirect(url_for("reading.show"), 303))
