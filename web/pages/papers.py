"""纸质录入: the code on a sheet opens its form; one person enters, another confirms or rejects and may change nothing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as Answer

from appliance.catalog import panels, papers, sessions
from appliance.errors import WrongUse
from appliance.selection import calibration, paper, rubric, terms
from appliance.selection.scoresheet import Sheet
from appliance.selection.tablet import points
from web import auth, box
from web.numbers import whole
from web.pages import BY_NAME

LONGEST = 2000  # characters of a comment

page = Blueprint("papers", __name__)


@page.get("/sessions/<int:no>/papers")
def show(no: int) -> str:
    db = box.db()
    rows = papers.of_session(db, no)
    return render_template(
        BY_NAME["papers"].template, session=sessions.by_id(db, no), lock=sessions.locked(db, no),
        people=[one for one in panels.everybody_of(db, no) if not one["replaced_by"]],
        lessons=sessions.lessons_of(db, no), waiting=[row for row in rows if not row["answer"]],
        done=[row for row in rows if row["answer"]],
    )  # fmt: skip


@page.get("/sessions/<int:no>/papers/open")
def find(no: int) -> Answer:
    """Whatever a scanner typed, or the numbers that somebody picked."""
    typed = request.args.get("code", "")
    code = paper.code_of(typed)
    paper.judge_at(box.db(), code.session, code.seat)
    return make_response(
        redirect(url_for("papers.form", no=code.session, lesson=code.lesson, seat=code.seat), 303)
    )  # fmt: skip


@page.get("/sessions/<int:no>/papers/<int:lesson>/<int:seat>")
def form(no: int, lesson: int, seat: int) -> str:
    return render_template("papers/enter.html", **_sheet(no, lesson, seat))


@page.post("/sessions/<int:no>/papers/<int:lesson>/<int:seat>")
def enter(no: int, lesson: int, seat: int) -> Answer:
    form, facts = request.form, _sheet(no, lesson, seat)
    scan = request.files["scan"].read(paper.MOST_BYTES + 1) if "scan" in request.files else b""
    items = {item.id: form.get(f"item-{item.id}", "").strip() for item in facts["scale"].used}
    given = Sheet(
        lesson, facts["judge"], points(items), form.get("comment", "").strip()[:LONGEST],
        form.get("reason", "").strip()[:500],
    )  # fmt: skip
    if form.get("signed") != "yes":
        raise WrongUse("没有签名的评分表不能录入", effect="这张评分表没有录入", remedy="请评委签名以后再录")
    paper.enter(
        box.catalog(), box.station().scans(), no, given, form.get("total", "")[:20], scan, auth.user().name
    )  # fmt: skip
    return make_response(redirect(url_for("papers.show", no=no), 303))


@page.get("/sessions/<int:no>/papers/check/<int:entry>")
def check(no: int, entry: int) -> str:
    db = box.db()
    row, session = papers.by_id(db, no, entry), sessions.by_id(db, no)
    scale = rubric.from_data(session["rubric"])
    lesson = next(one for one in sessions.lessons_of(db, no) if one["no"] == row["lesson"])
    return render_template(
        "papers/check.html", session=session, row=row, items=scale.used, lesson=lesson,
        own=row["by_user"] == auth.user().name, lock=sessions.locked(db, no), held=calibration.held(db, session),
    )  # fmt: skip


@page.post("/sessions/<int:no>/papers/check/<int:entry>")
def answer(no: int, entry: int) -> Answer:
    form = request.form
    paper.answer(box.catalog(), no, entry, form.get("answer", ""), form.get("reason", "")[:500], auth.user().name)
    return make_response(redirect(url_for("papers.show", no=no), 303))


@page.get("/sessions/<int:no>/papers/check/<int:entry>/scan")
def scan(no: int, entry: int) -> Response:
    row = papers.by_id(box.db(), no, entry)
    path = box.station().store().path(row["scan"]) if row["scan"] else None
    if path is None or not path.is_file():
        abort(404)
    return make_response(send_file(path.open("rb"), f"image/{row['sort']}"))


def _sheet(no: int, lesson: int, seat: int) -> dict[str, Any]:
    """What is printed on this sheet of paper. Raises `NotFound`."""
    db = box.db()
    session = sessions.by_id(db, no)
    judge = paper.judge_at(db, no, seat)
    found = next((one for one in sessions.lessons_of(db, no) if one["no"] == whole(str(lesson))), None)
    if found is None:
        abort(404)
    scale = rubric.from_data(session["rubric"])
    return {
        "session": session, "judge": judge, "seat": seat, "lesson": found, "scale": scale,
        "how": terms.from_data(session["terms"]), "most": sum(item.weight for item in scale.used),
    }  # fmt: skip
