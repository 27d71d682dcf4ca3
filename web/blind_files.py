"""A material for who may not know whose it is: a copy without names; as it is, when a person allowed that."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from flask import Response, abort, make_response, send_file

from appliance.model import Lesson
from appliance.selection.screening import materials, reading_text
from appliance.selection.screening.materials import Shown
from web import box, pieces, viewing
from web.pages.original import FILMS, PICTURES


def lines(lesson: Lesson, shown: Iterable[Shown], material: int, kind: str, by: str) -> tuple[Shown, list[str]]:
    """The words of the copy without names, to read on the screen."""
    found, path = _found(shown, material)
    if found.how != "blind":
        abort(404)
    viewing.note(kind, lesson.no, found.name, by)
    return found, reading_text.lines(materials.blinded(box.db(), lesson, path).data)


def _found(shown: Iterable[Shown], material: int) -> tuple[Shown, Path]:
    found = next((one for one in shown if one.material.id == material), None)
    path = box.station().store().path(found.material.sha256) if found else None
    if found is None or path is None or found.how == "withheld" or not path.is_file():
        abort(404)
    return found, path


def answer(lesson: Lesson, shown: Iterable[Shown], material: int, kind: str, by: str) -> Response:
    """`kind`: of the journal's entry that says who looked."""
    found, path = _found(shown, material)
    viewing.note(kind, lesson.no, found.name, by)
    if found.how == "as is":
        sort = str(found.material.media.get("type", ""))
        if sort in FILMS | PICTURES:
            return pieces.answer(path, (FILMS | PICTURES)[sort])
        return pieces.whole(path, mimetype="application/octet-stream", as_attachment=True, download_name=found.name)
    made = materials.blinded(box.db(), lesson, path)
    return make_response(
        send_file(io.BytesIO(made.data), "application/octet-stream", as_attachment=True, download_name=found.name)
    )
