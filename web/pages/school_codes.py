"""交件码: one for each school; made, printed once, replaced, made invalid."""

from __future__ import annotations

import ipaddress

import segno
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from appliance import journal, school_codes
from appliance.catalog import school_codes as codes
from appliance.errors import WrongUse
from web import auth, box
from web.pages import BY_NAME

page = Blueprint("school_codes", __name__)

MOST_AT_ONCE = 40  # each costs as much memory and time as a sign-in


@page.get("/school-codes")
def show() -> str:
    return render_template(
        BY_NAME["school_codes"].template, rows=codes.everyone(box.db()), limit=box.station().settings.school_bytes,
        most=MOST_AT_ONCE,
    )  # fmt: skip


@page.post("/school-codes")
def make() -> str:
    """The answer is the paper itself: a code is shown this one time."""
    schools = list(dict.fromkeys(line.strip() for line in request.form.get("schools", "").splitlines() if line.strip()))
    if not 1 <= len(schools) <= MOST_AT_ONCE:
        raise WrongUse(f"一次写 1 到 {MOST_AT_ONCE} 所学校，一行一所", remedy="请分几次做")
    for school in schools:
        school_codes.usable_name(school)
    made = [school_codes.make(box.catalog(), school, auth.user().name) for school in schools]
    here = address()
    return render_template("school_codes/printed.html", made=made, address=here, picture=_picture(here))


@page.post("/school-codes/<int:number>/revoke")
def revoke(number: int) -> Response:
    row = codes.find(box.db(), number)
    if row is None:
        raise WrongUse("没有这所学校的交件码")
    with box.catalog().writing() as db:
        codes.revoke(db, row["school"])
        journal.append(db, "school-code.revoke", f"school/{row['school']}", {}, actor=auth.user().name)
    return make_response(redirect(url_for("school_codes.show"), 303))


def address() -> str:
    """Where schools reach this page; "" when whoever prints sits at the box itself, whose own name says nothing."""
    host = request.host.rpartition(":")[0] or request.host
    try:
        here = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        here = host == "localhost"
    return "" if here else url_for("hand_in.show", _external=True)


def _picture(address: str) -> Markup:
    return (
        Markup(segno.make(address, micro=False).svg_inline(scale=3, omitsize=True, svgclass="qr"))
        if address
        else Markup("")
    )
