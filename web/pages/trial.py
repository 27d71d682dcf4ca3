"""一场试讲, in the order of the day: lessons, judges and conflicts, the draw, entrance codes, release, the end."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from appliance import judge_codes
from appliance.catalog import judge_codes as codes_of
from appliance.catalog import panels, papers, rosters, sessions
from appliance.errors import WrongUse
from appliance.model import Identity
from appliance.reports import paper, session_papers
from appliance.selection import calibration, conferring, draw, progress, recusal, seating, trial
from web import auth, box, printed, trial_steps
from web.numbers import numbers, whole
from web.pages import BY_NAME, SELECTORS
from web.pages.school_codes import address

LONGEST = 500  # characters of a reason

page = Blueprint("trial", __name__)


@page.get("/sessions/<int:no>")
def show(no: int) -> str:
    db = box.db()
    row = sessions.by_id(db, no)
    seen = progress.of_session(db, no)
    lock = sessions.locked(db, no)
    seated = {one["name"] for one in seen.people}
    blocked = [
        (name, lesson, cell.why) for (name, lesson), cell in seen.cells.items() if cell.state == progress.RECUSED
    ]
    facts: dict[str, Any] = {
        "held": calibration.held(db, row), "left": sum(len(seen.waiting_for(one["no"])) for one in seen.lessons),
        "unready": trial.missing(conferring.held_sheets(db, row)) if calibration.first(db, row) and not lock else [],
        "codes": codes_of.of_session(db, no), "waiting": papers.waiting(db, no),
    }  # fmt: skip
    return render_template(
        BY_NAME["trial"].template, session=row, lock=lock, seen=seen, blocked=blocked, edition=box.edition(), **facts,
        steps=trial_steps.steps(row, lock, seen, facts["held"], facts["codes"]), looks=trial_steps.CELLS,
        can_enter=[] if row["seed"] or lock else sessions.could_enter(db, row, trial.MAY_ENTER[_profile(row)]),
        roster=[one for one in rosters.lines(db, "judges") if one["name"] not in seated],
        overrides=[one for one in panels.recusals_of(db, no) if one["kind"] == "override"],
        lots=draw.draw([str(one["no"]) for one in seen.lessons], row["seed"]) if row["seed"] else [],
        left_out=[one["name"] for one in row["rubric"]["items"] if one["id"] in row["rubric"]["left_out"]],
        released=sessions.calibration_ended(db, no), kinds=seating.KINDS,
    )  # fmt: skip


@page.post("/sessions/<int:no>/lessons")
def add(no: int) -> Answer:
    chosen = numbers(request.form.getlist("lesson"))
    if not chosen:
        raise WrongUse("没有选课例", remedy="请勾选要排进这一场的课例")
    trial.add(box.catalog(), no, chosen, _profile(sessions.by_id(box.db(), no)), auth.user().name)
    return _back(no, "lessons")


@page.post("/sessions/<int:no>/judges")
def seat_known(no: int) -> Answer:
    """Judges of the roster, as many as were ticked."""
    known = {one["name"]: one for one in rosters.lines(box.db(), "judges")}
    names = [name for name in request.form.getlist("judge") if name in known]
    if not names:
        raise WrongUse("没有选评委", remedy="请勾选名册里的评委")
    for name in names:
        seating.seat(box.catalog(), no, _known(known[name]), auth.user().name, request.form.get("kind", panels.JUDGE))
    return _back(no, "judges")


@page.post("/sessions/<int:no>/judge")
def seat_one(no: int) -> Answer:
    """Somebody who is in no roster, or who takes another's place."""
    form = request.form
    name, replaces = form.get("name", "").strip()[:60], form.get("replaces", "")
    known = next((one for one in rosters.lines(box.db(), "judges") if one["name"] == name), None)
    typed = seating.Person(name, form.get("school", "")[:60], [], _names("coached"), _names("kin"))
    who = _known(known) if known and not form.get("school") else typed
    kind = panels.JUDGE if replaces else form.get("kind", panels.JUDGE)
    seating.seat(box.catalog(), no, who, auth.user().name, kind, replaces, _reason())
    return _back(no, "judges")


@page.post("/sessions/<int:no>/recuse")
def recuse(no: int) -> Answer:
    lesson = whole(request.form.get("lesson", ""))
    recusal.declare(box.catalog(), no, lesson, request.form.get("judge", ""), _reason(), auth.user().name)
    return _back(no, "conflicts")


@page.post("/sessions/<int:no>/school")
def call_school(no: int) -> Answer:
    """Other names of a school, or its group, that no roster says."""
    school, group = (request.form.get(field, "").strip()[:60] for field in ("school", "group"))
    recusal.call_school(box.catalog(), school, _names("others"), group, auth.user().name)
    return _back(no, "conflicts")


@page.post("/sessions/<int:no>/override")
def override(no: int) -> Answer:
    """Two who have both given their own password: one signed in, the other in the form."""
    lesson, _, judge = request.form.get("blocked", "").partition("/")
    second = auth.second(SELECTORS)
    recusal.override(box.catalog(), no, whole(lesson), judge, _reason(), auth.user().name, second)
    return _back(no, "conflicts")


@page.post("/sessions/<int:no>/draw")
def cast(no: int) -> Answer:
    trial.cast_lots(box.catalog(), no, request.form.get("seed", "")[:100], auth.user().name)
    return _back(no, "draw")


@page.post("/sessions/<int:no>/codes")
def codes(no: int) -> str:
    """The answer is the paper itself: a code is shown this one time."""
    inside = [one["name"] for one in panels.everybody_of(box.db(), no) if not one["replaced_by"]]
    asked = [name for name in request.form.getlist("judge") if name in inside]
    if not asked:
        raise WrongUse("没有选评委", remedy="请勾选要做入场码的评委")
    made = [judge_codes.make(box.catalog(), name, auth.user().name) for name in asked]
    entrance = address("judge.show")
    return render_template(
        "trial/codes.html", session=sessions.by_id(box.db(), no), made=made, address=entrance,
        pictures={one.judge: paper.qr(f"{entrance}#{one.code}" if entrance else one.code) for one in made},
    )  # fmt: skip


@page.post("/sessions/<int:no>/release")
def release(no: int) -> Answer:
    conferring.release(box.catalog(), no, auth.user().name, _reason())
    return _back(no, "release")


@page.post("/sessions/<int:no>/close")
def close(no: int) -> Answer:
    trial.close(box.catalog(), no, auth.user().name, _reason(), auth.second(SELECTORS))
    return make_response(redirect(url_for("results.show", no=no), 303))


@page.get("/sessions/<int:no>/lots")
def lots(no: int) -> Response:
    return printed.answer(session_papers.lots(box.catalog(), no))


@page.get("/sessions/<int:no>/score-sheets")
def score_sheets(no: int) -> Response:
    return printed.answer(session_papers.score_sheets(box.catalog(), no))


def _known(line: dict[str, Any]) -> seating.Person:
    return seating.Person(*(line[name] for name in ("name", "school", "subjects", "coached", "kin")))


def _names(field: str) -> list[str]:
    return [
        each[:60] for each in request.form.get(field, "").replace("，", "、").replace(" ", "、").split("、") if each
    ]


def _reason() -> str:
    return request.form.get("reason", "")[:LONGEST]


def _profile(session: dict[str, Any]) -> str:
    """How the county works on this category and stage."""
    return box.station().settings.profile_of(Identity(category=session["category"], stage=session["stage"]))


def _back(no: int, part: str) -> Answer:
    return make_response(redirect(url_for("trial.show", no=no, _anchor=part), 303))
