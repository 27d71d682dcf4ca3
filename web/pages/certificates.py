"""证书: issue for lessons that were approved, print, take back with a reason."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance.catalog import lessons, records
from appliance.reports.certificate import certificates as paper
from appliance.selection import certificates
from web import auth, box, printed
from web.pages import APPROVER, BY_NAME

_MOST = 1000

page = Blueprint("certificates", __name__)


@page.get("/certificates")
def show() -> str:
    earned = [row for state in certificates.EARNED for row in lessons.find(box.db(), state, limit=_MOST)]
    made = [certificates.shown(row) | {"at": row["at"], "by": row["by_user"]} for row in records.certificates(box.db())]
    return render_template(
        BY_NAME["certificates"].template, made=made, lessons=earned, may=auth.user().role in APPROVER
    )


@page.post("/certificates")
def issue() -> AnyResponse:
    auth.require(APPROVER)
    numbers = [int(no) for no in request.form.getlist("lesson") if no.isascii() and no.isdecimal() and len(no) < 10]
    certificates.issue(box.station(), box.catalog(), numbers, request.form.get("honour", ""), auth.user().name)
    return _back()


@page.get("/certificates/<int:no>/paper")
def print_one(no: int) -> Response:
    made = certificates.shown(records.certificate(box.db(), no))
    return printed.answer(paper([made]))


@page.post("/certificates/<int:no>/revoke")
def revoke(no: int) -> AnyResponse:
    auth.require(APPROVER)
    certificates.revoke(box.catalog(), no, request.form.get("reason", "")[:500], auth.user().name)
    return _back()


def _back() -> AnyResponse:
    return make_response(redirect(url_for("certificates.show"), 303))
