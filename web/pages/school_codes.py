"""交件码: one for each school; made, printed once, replaced, made invalid."""

from __future__ import annotations

import segno
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlite_utils import Database

from appliance import school_codes
from appliance.catalog import rosters
from appliance.catalog import school_codes as codes
from appliance.errors import WrongUse
from appliance.share import accounts
from web import auth, box, lan
from web.pages import BY_NAME

page = Blueprint("school_codes", __name__)

MOST_AT_ONCE = 40  # each costs as much memory and time as a sign-in


@page.get("/school-codes")
def show() -> str:
    return render_template(
        BY_NAME["school_codes"].template, rows=codes.everyone(box.db()), limit=box.station().settings.school_bytes,
        most=MOST_AT_ONCE, roster=without_code(box.db()),
    )  # fmt: skip


def without_code(db: Database) -> list[str]:
    """Schools of the 名册 in force whose code is not made yet, or no more valid."""
    have = {row["school"] for row in codes.everyone(db) if not row["revoked"]}
    return [line["name"] for line in rosters.lines(db, "schools") if line["name"] not in have]


@page.post("/school-codes")
def make() -> str:
    """The answer is the paper itself: a code is shown this one time."""
    written = [*request.form.getlist("picked"), *request.form.get("schools", "").splitlines()]
    schools = list(dict.fromkeys(line.strip() for line in written if line.strip()))
    if not 1 <= len(schools) <= MOST_AT_ONCE:
        raise WrongUse(f"一次勾选或写 1 到 {MOST_AT_ONCE} 所学校", remedy="请分几次做")
    for school in schools:
        school_codes.usable_name(school)
    made = [school_codes.make(box.station(), box.catalog(), school, auth.user().name) for school in schools]
    here = address()
    return render_template(
        "school_codes/printed.html", made=made, address=here, picture=_picture(here), account=accounts.account,
        share=box.station().settings.share_port, host=_host(),
    )  # fmt: skip


@page.post("/school-codes/<int:number>/revoke")
def revoke(number: int) -> Response:
    row = codes.find(box.db(), number)
    if row is None:
        raise WrongUse("没有这所学校的交件码")
    school_codes.revoke(box.station(), box.catalog(), row["school"], auth.user().name)
    return make_response(redirect(url_for("school_codes.show"), 303))


def address(endpoint: str = "hand_in.show") -> str:
    """Where schools reach a page; "" when the box has no network."""
    host = lan.for_others(request.host, lan.addresses())
    return f"{request.scheme}://{host}{url_for(endpoint)}" if host else ""


def _host() -> str:
    """Without the port."""
    return lan.split(lan.for_others(request.host, lan.addresses()))[0]


def _picture(address: str) -> Markup:
    return (
        Markup(segno.make(address, micro=False).svg_inline(scale=3, omitsize=True, svgclass="qr"))
        if address
        else Markup("")
    )
