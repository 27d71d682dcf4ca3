"""初筛: the office gives designs to experts, sees how far they are, and what they said. `reading` is the experts' page."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance import judge_codes
from appliance.catalog import lessons, rosters, screenings
from appliance.errors import BoxError
from appliance.selection import decide, profiles
from appliance.selection.screening import materials, opinions, rounds
from web import auth, box
from web.pages import BY_NAME

_MOST = 1000  # lessons to pick from

page = Blueprint("screening", __name__)


@page.get("/screening")
def show() -> str:
    edition, known = box.edition(), _profiles()
    standing = [one for one in screenings.readings(box.db()) if not one["ended"]]
    given = {one["lesson"] for one in standing}
    waiting = [
        row for state in sorted({state for one in known.by_id.values() for state in one.screened})
        for row in lessons.find(box.db(), state, limit=_MOST)
        if state in known.of(lessons.identity_of(row)).screened and row["no"] not in given
    ]  # fmt: skip
    return render_template(
        BY_NAME["screening"].template, rounds=screenings.everything(box.db()), lessons=waiting,
        asked=Counter(one["screening"] for one in standing),
        done=Counter(one["screening"] for one in standing if one["says"] and one["current"]),
        experts=rosters.lines(box.db(), "judges"), edition=edition, readers=edition.selection["screening"]["readers"],
    )  # fmt: skip


@page.post("/screening")
def begin() -> Response:
    form = request.form
    asked = rounds.Asked(
        form.get("name", "")[:60], _numbers("lesson"), int(form["readers"]) if form.get("readers", "").isdecimal() else 0,
        form.get("seed", "")[:60], tuple(form.getlist("expert")),
    )  # fmt: skip
    given = rounds.begin(box.catalog(), asked, _profiles(), box.edition(), auth.user().name)
    return _to(given.screening)


@page.get("/screening/<int:no>")
def one(no: int) -> str:
    db, edition = box.db(), box.edition()
    row, rows = screenings.by_id(db, no), screenings.readings(db, no)
    found = opinions.standings(rows)
    whole = lessons.many(db, [each.no for each in found])
    shown = materials.of_lessons(db, edition, whole.values())
    known = _profiles()
    passes = {number: known.of(lesson.identity).passed for number, lesson in whole.items()}
    ready = [
        each.no for each in found
        if passes[each.no] and whole[each.no].state in decide.DECISIONS[passes[each.no]].before
    ]  # fmt: skip
    return render_template(
        "screening/one.html", round=row, standings=found, lessons=whole, shown=shown, experts=_experts(rows),
        says=opinions.SAYS, ready=ready, edition=edition, roster=rosters.lines(db, "judges"),
    )  # fmt: skip


def _experts(rows: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    """(expert, opinions given, asked for)."""
    standing = [one for one in rows if not one["ended"]]
    asked = Counter(one["expert"] for one in standing)
    given = Counter(one["expert"] for one in standing if one["says"] and one["current"])
    return [(name, given[name], asked[name]) for name in sorted(asked)]


@page.post("/screening/<int:no>/codes")
def codes(no: int) -> str:
    """The answer is the paper itself: a code is shown this one time."""
    inside = {name for name, _, _ in _experts(screenings.readings(box.db(), no))}
    wanted = [name for name in request.form.getlist("expert") if name in inside]
    made = [judge_codes.make(box.catalog(), name, auth.user().name) for name in wanted]
    return render_template("screening/codes.html", made=made, round=screenings.by_id(box.db(), no))


@page.post("/screening/<int:no>/fill")
def fill(no: int) -> Response:
    rounds.fill_up(box.catalog(), no, tuple(request.form.getlist("expert")), auth.user().name)
    return _to(no)


@page.post("/screening/<int:no>/take-off/<int:reading>")
def take_off(no: int, reading: int) -> Response:
    rounds.take_off(box.catalog(), reading, request.form.get("reason", "")[:500], auth.user().name)
    return _to(no)


@page.post("/screening/<int:no>/allow/<int:lesson>/<int:material>")
def allow(no: int, lesson: int, material: int) -> Response:
    materials.allow(box.catalog(), material, lesson, request.form.get("reason", "")[:500], auth.user().name)
    return _to(no)


@page.post("/screening/<int:no>/pass")
def passed(no: int) -> Response | str:
    """初筛通过 for those that were picked; what cannot be is told by number, the others are done."""
    wrong, known = [], _profiles()
    for number in _numbers("lesson"):
        identity = lessons.by_no(box.db(), number).identity
        kind, way = known.of(identity).passed, known.id_of(identity)
        try:
            decide.decide(box.catalog(), number, kind, auth.user().name, f"第 {no} 轮初筛", way, box.edition())
        except BoxError as error:
            wrong.append(f"第 {number} 号：{error.what}")
    return render_template("screening/passed.html", wrong=wrong, no=no) if wrong else _to(no)


@page.post("/screening/<int:no>/close")
def close(no: int) -> Response:
    rounds.close(box.catalog(), no, auth.user().name)
    return _to(no)


def _profiles() -> profiles.Profiles:
    return profiles.read(box.edition().selection, box.station().settings.profile_of)


def _numbers(field: str) -> tuple[int, ...]:
    return tuple(int(no) for no in request.form.getlist(field) if no.isascii() and no.isdecimal() and len(no) < 10)


def _to(no: int) -> Response:
    return make_response(redirect(url_for("screening.one", no=no), 303))
