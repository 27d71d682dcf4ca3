"""看原件: one material as it was handed in. Films and pictures are shown, everything else can be taken along.

What is shown goes by the bytes that the probes saw, never by the name; every look is written into the journal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template

from appliance.catalog import lessons, originals
from web import box, pieces, viewing
from web.pages import BY_NAME

# What Chromium plays or paints by itself. Other sorts are only handed out.
FILMS = {"mp4": "video/mp4", "mov": "video/mp4"}
PICTURES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "bmp": "image/bmp"}

page = Blueprint("original", __name__)


@page.get("/materials/<int:no>")
def show(no: int) -> str:
    row = originals.by_id(box.db(), no)
    there = _path(row).is_file()
    if there:
        viewing.note("original.view", row["lesson"], row["name"])
    sort = row["media"].get("type", "")
    return render_template(
        BY_NAME["original"].template,
        material=row,
        lesson=lessons.by_no(box.db(), row["lesson"]),
        there=there,
        shown_as="film" if sort in FILMS else "picture" if sort in PICTURES else "",
        edition=box.edition(),
    )


@page.get("/materials/<int:no>/file")
def file(no: int) -> Response:
    row, path = _found(no)
    sort = row["media"].get("type", "")
    mimetype = (FILMS | PICTURES).get(sort)
    if mimetype is None:
        abort(404)
    viewing.note("original.view", row["lesson"], row["name"])
    return pieces.answer(path, mimetype)


@page.get("/materials/<int:no>/download")
def download(no: int) -> Response:
    row, path = _found(no)
    viewing.note("original.download", row["lesson"], row["name"])
    name = row["name"].rpartition("/")[2].encode(errors="replace").decode()
    return pieces.whole(path, mimetype="application/octet-stream", as_attachment=True, download_name=name)


def _found(no: int) -> tuple[dict[str, Any], Path]:
    row = originals.by_id(box.db(), no)
    path = _path(row)
    if not path.is_file():
        abort(404)
    return row, path


def _path(row: dict[str, Any]) -> Path:
    return box.station().store().path(row["sha256"])
