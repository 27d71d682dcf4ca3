"""展播: approved lessons that an approver has put on show, to be watched on the LAN. Nobody signs in; off by default.

A film is watched by ranges; every sitting is written into the journal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, Response, abort, render_template, request

from appliance.model import Lesson, Material
from appliance.selection import records
from web import box, pieces, viewing
from web.pages import BY_NAME
from web.pages.original import FILMS
from web.paging import ROWS, asked

FILTERS = {"stage": "学段", "grade": "年级", "subject": "学科"}
_SEARCHED = ("title", "teacher", "school", "textbook", "grade", "subject")

page = Blueprint("showcase", __name__)


@page.get("/showcase")
def show() -> str:
    query = request.args.get("q", "").strip()[:60]
    chosen = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    everything = _shown()
    found = [one for one in everything if _fits(one, query, chosen)]
    paging = asked()
    filters = [(name, title, _values(everything, query, chosen, name)) for name, title in FILTERS.items()]
    return render_template(
        BY_NAME["showcase"].template, lessons=found[paging.offset : paging.offset + ROWS], paging=paging.of(len(found)),
        on_show=len(everything), q=query, chosen=chosen, filters=filters, edition=box.edition(),
    )  # fmt: skip


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
    viewing.note_visitor(no, found.name)
    return pieces.answer(path, FILMS[found.media["type"]])


def films(lesson: Lesson) -> list[Material]:
    film_roles = box.edition().film
    return [one for one in lesson.materials if one.role in film_roles and one.media.get("type") in FILMS]


def _fits(lesson: Lesson, query: str, chosen: dict[str, str]) -> bool:
    same = all(getattr(lesson.identity, name) == value for name, value in chosen.items())
    return same and any(query in getattr(lesson.identity, name) for name in _SEARCHED)


def _values(
    everything: Sequence[Lesson], query: str, chosen: dict[str, str], name: str
) -> list[tuple[str, str, int]]:  # fmt: skip
    """(value, how it is called, how many it would show): the other filters hold, this one does not."""
    others = {key: value for key, value in chosen.items() if key != name}
    counted = Counter(getattr(one.identity, name) for one in everything if _fits(one, query, others))
    names = box.edition().stages if name == "stage" else {}
    return [(value, names.get(value, value), n) for value, n in counted.most_common() if value]


def _shown() -> list[Lesson]:
    return records.shown(box.catalog(), box.edition())


def _lesson(no: int) -> Lesson:
    """A lesson that is not on show is not there, also for whoever guesses its number."""
    found = records.on_show(box.catalog(), box.edition(), no)
    if found is None:
        abort(404)
    return found
