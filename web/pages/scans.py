"""扫描件 of a lesson beside its records: brought, picked among what was handed in, looked at, replaced.

What goes out is named by the bytes' sort as it was told when they came in; a PDF is shown as a picture of its first
page, since the policy of the pages lets no browser open it inside.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlite_utils import Database
from werkzeug.wrappers import Response as Answer

from appliance.catalog import lessons
from appliance.catalog import scans as rows
from appliance.errors import WrongUse
from appliance.reports.scan_picture import picture
from appliance.rules.edition import Edition
from appliance.selection import records, scans
from web import auth, box, pieces, viewing
from web.pages import BY_NAME

TYPES = {"png": "image/png", "jpg": "image/jpeg", scans.PDF: "application/pdf"}

page = Blueprint("scans", __name__)


@page.get("/lessons/<int:no>/scans")
def show(no: int) -> str:
    db, edition = box.db(), box.edition()
    told = {kind.kind: (kind, row) for kind, row in records.told(db, no, edition)}
    return render_template(
        BY_NAME["scans"].template, lesson=lessons.by_no(db, no), records=told, scans=beside(db, edition, no, told),
        most=scans.MOST_BYTES, edition=edition,
    )  # fmt: skip


@page.post("/lessons/<int:no>/scans")
def bring(no: int) -> Answer:
    """A file, or one of those that were handed in."""
    form, user, picked = request.form, auth.user(), request.form.get("material", "")
    kind, catalog, edition = form.get("kind", ""), box.catalog(), box.edition()
    if picked.isascii() and picked.isdecimal() and len(picked) < 10:
        scans.pick(catalog, edition, no, kind, int(picked), user.name, user.role)
        return _back(no)
    file = request.files.get("scan")
    data = file.read(scans.MOST_BYTES + 1) if file else b""
    if not data:
        raise WrongUse("没有选文件", effect="什么也没有改", remedy="请选一个扫描件，或在交来的文件里选一份")
    name = file.filename if file and file.filename else ""
    scans.bring(catalog, box.station().scans(), edition, no, kind, data, name, user.name, user.role)
    return _back(no)


@page.get("/lessons/<int:no>/scans/<int:scan>/picture")
def see(no: int, scan: int) -> Response:
    row = rows.by_id(box.db(), no, scan)
    path = picture(box.station(), row["sha256"]) if row["sort"] == scans.PDF else _path(row)
    if path is None or not path.is_file():
        abort(404)
    viewing.note("original.view", no, row["name"])
    return make_response(pieces.whole(path, mimetype="image/jpeg" if row["sort"] == scans.PDF else TYPES[row["sort"]]))


@page.get("/lessons/<int:no>/scans/<int:scan>/file")
def take(no: int, scan: int) -> Response:
    row = rows.by_id(box.db(), no, scan)
    if not _path(row).is_file():
        abort(404)
    viewing.note("original.download", no, row["name"])
    name = f"{no}-{row['id']}.{row['sort']}"
    return make_response(pieces.whole(_path(row), mimetype=TYPES[row["sort"]], as_attachment=True, download_name=name))


def beside(db: Database, edition: Edition, no: int, kinds: Iterable[str]) -> dict[str, dict[str, Any]]:
    """{kind of record: {scan: what is asked, now: the one that holds or None, before: earlier ones, choices: files handed
    in that are not the one that holds}}"""
    there = rows.of_lesson(db, no)
    found = {}
    for kind, scan in scans.asked(edition).items():
        if kind not in kinds:
            continue
        now, *before = there.get(kind, [None])
        held = now["sha256"] if now else ""
        offered = [row for row in scans.choices(db, no, scan) if row["sha256"] != held]
        found[kind] = {"scan": scan, "now": now, "before": before, "choices": offered}
    return found


def _path(row: dict[str, Any]) -> Path:
    return box.station().store().path(row["sha256"])


def _back(no: int) -> Answer:
    return make_response(redirect(url_for("scans.show", no=no), 303))
