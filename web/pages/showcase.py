"""展播: approved lessons that an approver has put on show, to be watched on the LAN. Nobody signs in; off by default."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from appliance.model import Lesson, Material
from appliance.selection import records
from web import box, pieces
from web.pages import BY_NAME
from web.pages.original import FILMS

page = Blueprint("showcase", __name__)


@page.get("/showcase")
def show() -> str:
    return render_template(BY_NAME["showcase"].template, lessons=_shown(), edition=box.edition())


@page.get("/showcase/<int:no>")
def watch(no: int) -> str:
    lesson = _lesson(no)
    return render_template("showcase/watch.html", lesson=lesson, films=films(lesson), edition=box.edition())


@page.get("/showcase/<int:no>/<int:material>")
def film(no: int, material: int) -> Response:
    found = next((one for one in films(_lesson(no)) if one.id == material), None)
    path = box.station().store().path(found.sha256) if found else None
    if found is None or path is None or not path.is_file():
        abort(404)
    return pieces.answer(path, FILMS[found.media["type"]])


def films(lesson: Lesson) -> list[Material]:
    film_roles = box.edition().film
    return [one for one in lesson.materials if one.role in film_roles and one.media.get("type") in FILMS]


def _shown() -> list[Lesson]:
    return records.shown(box.catalog(), box.edition())


def _lesson(no: int) -> Lesson:
    """A lesson that is not on show is not there, also for whoever guesses its number."""
    found = next((one for one in _shown() if one.no == no), None)
    if found is None:
        abort(404)
    return found
