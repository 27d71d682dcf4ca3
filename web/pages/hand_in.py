"""投递: a school signs in with its code, drags a folder in, sees what was found, prints the slip. Only its own."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from appliance.catalog import school_view, uploads
from appliance.errors import NeedsPerson
from appliance.intake.uploads import append, begin, hand_over
from web import box, school, tus
from web.pages import BY_NAME
from web.pages.delivery import printed_slip

page = Blueprint("hand_in", __name__)


@page.get("/hand-in")
def show() -> str | AnyResponse:
    row = school.current()
    if row is None:
        return _entrance(None)
    return _desk(row)


def _desk(row: dict[str, Any], error: NeedsPerson | None = None) -> str:
    limit = box.station().settings.school_bytes if row["bytes"] is None else row["bytes"]
    files = _open_files(row)
    return render_template(
        BY_NAME["hand_in"].template, school=row, error=error, files=files, living=_marked(_living(row)),
        whole=files and all(each["bytes"] == each["size"] for each in files),
        piece=tus.PIECE_BYTES, used=uploads.used_by(box.db(), row["id"])[0], limit=limit,
    )  # fmt: skip


def _entrance(error: NeedsPerson | None) -> str:
    return render_template("hand_in/enter.html", error=error)


@page.post("/hand-in/enter")
def enter() -> AnyResponse:
    try:
        school.enter(request.form.get("code", ""))
    except NeedsPerson as error:
        return make_response(_entrance(error), 401)
    return redirect(url_for("hand_in.show"), 303)


@page.post("/hand-in/leave")
def leave() -> AnyResponse:
    session.clear()
    return redirect(url_for("hand_in.show"), 303)


@page.post("/hand-in/done")
def done() -> AnyResponse:
    """交齐了."""
    row = school.required()
    try:
        hand_over.hand_over(box.station(), box.catalog(), row)
    except NeedsPerson as error:
        return make_response(_desk(row, error), 409)
    return redirect(url_for("hand_in.show"), 303)


@page.get("/hand-in/live")
def live() -> Response:
    """Nothing when the page shows it already: what a person has opened there stays open."""
    html = _living(school.required())
    if request.args.get("seen") == _mark(html):
        return Response(status=204)
    return make_response(_marked(html))


def _mark(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()[:16]


def _marked(html: str) -> Markup:
    return Markup('{}<input type="hidden" id="seen" name="seen" value="{}">').format(Markup(html), _mark(html))


def _living(row: dict[str, Any]) -> str:
    db = box.db()
    return render_template(
        "hand_in/living.html", edition=box.edition(), deliveries=school_view.deliveries(db, row["school"]),
        waiting=school_view.not_yet_received(db, row["id"]),
    )  # fmt: skip


@page.get("/hand-in/slips/<int:no>")
def slip(no: int) -> Response:
    lessons = school_view.lessons_to_show(box.db(), no, school.required()["school"])
    if lessons is None:
        abort(404)
    return printed_slip(no, lessons)


@page.get("/hand-in/files.json")
def known() -> Response:
    """What the page goes on with after a reload: files of the open hand-in and how far each is."""
    rows = _open_files(school.required())
    fields = ("name", "size", "stamp", "bytes")
    return jsonify([{key: row[key] for key in fields} | {"url": _address(row)} for row in rows])


@page.route("/hand-in/files", methods=["OPTIONS"], provide_automatic_options=False)
@tus.speaking
def abilities() -> Response:
    return tus.options(box.station().settings.school_bytes)


@page.post("/hand-in/files")
@tus.speaking
def create() -> Response:
    told = tus.metadata()
    path = told.get("relativePath") or told.get("filename") or ""
    row = begin.begin(
        box.station(), box.catalog(), school.required(), path, tus.number("Upload-Length"), told.get("stamp", "")
    )
    return Response(status=201, headers={"Location": _address(row)} | _expires(row["bytes"], row["size"]))


@page.route("/hand-in/files/<upload>", methods=["HEAD"])
@tus.speaking
def offset(upload: str) -> Response:
    count, size = append.offset(box.station(), box.catalog(), school.required()["id"], upload)
    return _at(count, size, 200, {"Upload-Length": str(size)})


@page.patch("/hand-in/files/<upload>")
@tus.speaking
def piece(upload: str) -> Response:
    number, length, at = school.required()["id"], tus.piece_length(), tus.number("Upload-Offset")
    checksum = tus.checksum()
    count = append.append(box.station(), box.catalog(), number, upload, at, request.stream, length, checksum)  # type: ignore[arg-type]
    return _at(count, append.offset(box.station(), box.catalog(), number, upload)[1])


@page.delete("/hand-in/files/<upload>")
@tus.speaking
def take_back(upload: str) -> Response:
    append.end(box.station(), box.catalog(), school.required()["id"], upload)
    return Response(status=204)


def _at(count: int, size: int, status: int = 204, more: dict[str, str] | None = None) -> Response:
    return Response(status=status, headers={"Upload-Offset": str(count)} | (more or {}) | _expires(count, size))


def _expires(count: int, size: int) -> dict[str, str]:
    return {"Upload-Expires": tus.expires(box.station().settings.upload_hours)} if count < size else {}


def _address(row: Any) -> str:
    return url_for("hand_in.offset", upload=row["id"])


def _open_files(row: dict[str, Any]) -> list[dict[str, Any]]:
    hand_in = uploads.open_hand_in(box.db(), row["id"])
    return uploads.of_hand_in(box.db(), hand_in["id"]) if hand_in else []
