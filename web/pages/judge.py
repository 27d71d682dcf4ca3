"""评委打分: entering by a code, the declaration, 我的课例, a sheet. What a tablet sends is kept at every touch."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from appliance.catalog import drafts, scores, sessions
from appliance.errors import BoxError, NeedsPerson, NotAllowed, WrongUse
from appliance.selection import calibration, levels, recusal, rubric, tablet, terms
from appliance.selection.screening.materials import Shown
from web import blind_files, box, errors, judge, presence
from web.pages import BY_NAME

page = Blueprint("judge", __name__)


@page.get("/judge")
def show() -> str:
    name = judge.current()
    if not name:
        return _entrance(None)
    return render_template(BY_NAME["judge"].template, judge=name, sessions=tablet.mine(box.catalog(), name))


@page.post("/judge/enter")
def enter() -> Response:
    try:
        judge.enter(request.form.get("code", ""))
    except NeedsPerson as error:
        return make_response(_entrance(error), 401)
    return _home()


@page.get("/judge/beat")
def beat() -> Response:
    """A tablet says that it is there, every some seconds (`presence`)."""
    presence.note(judge.required())
    return jsonify(there=True)


@page.post("/judge/leave")
def leave() -> Response:
    session.clear()
    return _home()


@page.post("/judge/<int:no>/declare")
def declare(no: int) -> Response:
    """Teachers whom the judge coached or is kin to; nobody, when the fields are empty."""
    if request.form.get("sure") != "yes":
        raise WrongUse("请先勾选申明", remedy="请回到我的课例，勾选后再交")
    coached, kin = (_names(request.form.get(field, "")) for field in ("coached", "kin"))
    tablet.declare(box.catalog(), no, judge.required(), coached, kin)
    return _home()


@page.get("/judge/<int:no>/<int:lesson>")
def sheet(no: int, lesson: int) -> str:
    name = judge.required()
    card = tablet.card(box.catalog(), no, lesson, name)
    row = sessions.by_id(box.db(), no)
    scale, how = rubric.from_data(row["rubric"]), terms.from_data(row["terms"])
    items = [(item, levels.of_weight(item.weight, how)) for item in scale.used]
    draft = drafts.newest(box.db(), no, name).get(lesson)
    given = next(
        (one for one in scores.of_session(box.db(), no)[::-1] if (one["lesson"], one["judge"]) == (lesson, name)), None
    )
    presence.note(name)
    return render_template(
        "judge/sheet.html", session=row, card=card, materials=_materials(no, lesson, name) if not card["why"] else [], items=items, step=how.step, draft=given or draft, given=given,
        left=[item.name for item in scale.items if item.id in scale.left_out], client=secrets.token_hex(12), number=drafts.latest(box.db(), no, lesson, name), held=calibration.held(box.db(), row), first=calibration.first(box.db(), row),
        most=sum(item.weight for item in scale.used), closed=bool(sessions.locked(box.db(), no)),
    )  # fmt: skip


@page.get("/judge/<int:no>/<int:lesson>/<int:material>")
def file(no: int, lesson: int, material: int) -> Response:
    """A material of the revision that the session is about: a copy without names."""
    name = judge.required()
    of, shown = tablet.materials(box.catalog(), box.edition(), no, lesson, name)
    return blind_files.answer(of, shown, material, "judge.read", name)


@page.get("/judge/<int:no>/<int:lesson>/<int:material>/text")
def text(no: int, lesson: int, material: int) -> str:
    """The words of a design, for a tablet that opens no Office file."""
    name = judge.required()
    of, shown = tablet.materials(box.catalog(), box.edition(), no, lesson, name)
    found, lines = blind_files.lines(of, shown, material, "judge.read", name)
    return render_template("judge/text.html", session=no, lesson=lesson, found=found, lines=lines)


@page.post("/judge/<int:no>/<int:lesson>/touch")
def touch(no: int, lesson: int) -> Response:
    sent = _sent()
    presence.note(judge.required())
    latest = tablet.touch(
        box.catalog(), no, lesson, judge.required(), sent["client"], sent["number"], sent["items"], sent["comment"]
    )
    return jsonify(saved=sent["number"], latest=latest)


@page.post("/judge/<int:no>/<int:lesson>/submit")
def submit(no: int, lesson: int) -> Response:
    sent = _sent()
    presence.note(judge.required())
    handed_in = tablet.submit(
        box.catalog(), no, lesson, judge.required(), sent["client"], sent["number"], sent["items"], sent["comment"]
    )
    return jsonify(submitted=handed_in)


@page.post("/judge/<int:no>/<int:lesson>/recuse")
def recuse(no: int, lesson: int) -> Response:
    name = judge.required()
    tablet.card(box.catalog(), no, lesson, name)
    recusal.declare(box.catalog(), no, lesson, name, request.form.get("reason", "")[:500], name)
    return _home()


@page.errorhandler(NeedsPerson)
@page.errorhandler(WrongUse)
def refused(error: BoxError) -> Response | tuple[Response, int]:
    """A tablet is told in its own language; a page as everybody is."""
    if request.is_json:
        return jsonify(what=error.what, effect=error.effect, remedy=error.remedy), 409
    return errors.box_error(error)


def _materials(no: int, lesson: int, name: str) -> list[Shown]:
    return tablet.materials(box.catalog(), box.edition(), no, lesson, name)[1]


def _sent() -> dict[str, Any]:
    """{client, number, items: {id: text}, comment}. Raises `WrongUse`."""
    sent = request.get_json(silent=True)
    wanted = {"client": str, "number": int, "items": dict, "comment": str}
    if not isinstance(sent, dict) or any(type(sent.get(name)) is not kind for name, kind in wanted.items()):
        raise WrongUse("平板送来的内容读不懂")
    if not all(isinstance(value, str) for pair in sent["items"].items() for value in pair):
        raise WrongUse("平板送来的内容读不懂")
    return sent


def _names(text: str) -> list[str]:
    return [name.strip()[:60] for name in re.split(r"[、，,;；\s]+", text) if name.strip()][:50]


def _entrance(error: NotAllowed | NeedsPerson | None) -> str:
    return render_template("judge/enter.html", error=error)


def _home() -> Response:
    return make_response(redirect(url_for("judge.show"), 303))
