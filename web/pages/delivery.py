"""投递详情: what became of every file that was handed in, and of the lessons in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from appliance import journal
from appliance.catalog import deliveries, pages, under_way
from appliance.errors import NotAllowed
from appliance.model import Fate
from appliance.reports.delivery import delivery_view
from appliance.reports.slip import slip
from web import auth, box, security
from web.pages import BY_NAME, TECHNICIAN

_PRINTER = "/static/print.js"

page = Blueprint("delivery", __name__)


@page.get("/deliveries/<int:no>")
def show(no: int) -> str:
    delivery = deliveries.by_no(box.db(), no)
    cards = pages.lesson_cards(box.db(), [each["lesson"] for each in delivery["lessons"]])
    left_out = [each for each in delivery["entries"] if each["fate"] in (Fate.IGNORED, Fate.QUARANTINED)]
    return render_template(
        BY_NAME["delivery"].template, delivery=delivery, cards=cards, left_out=left_out, edition=box.edition(),
        way=under_way.under_way(box.db()).get(no),
        fates={each["lesson"]: each["fate"] for each in delivery["lessons"]},
    )  # fmt: skip


@page.get("/deliveries/<int:no>/slip")
def slip_page(no: int) -> Response:
    return printed_slip(no)


def printed_slip(no: int, only: Sequence[int] | None = None) -> Response:
    """The slip as it is printed; `only`: of these lessons. It carries its own style; that very text, by its hash, is
    all that is let in."""
    edition = box.edition()
    view = delivery_view(box.db(), no, edition)
    if only is not None:
        view["lessons"] = [lesson for lesson in view["lessons"] if lesson["no"] in only]
    about = {"station": box.station().settings.name, "edition": edition.title}
    html = slip(view | about)
    response = make_response(html.replace("</body>", f'<script src="{_PRINTER}" defer></script></body>'))
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    response.headers["Content-Security-Policy"] = f"{security.POLICY}; style-src 'sha256-{digest}'"
    return response


@page.post("/deliveries/<int:no>/again")
def again(no: int) -> Response:
    """A technician lets the box try again what it had parked."""
    auth.require(TECHNICIAN)
    with box.catalog().writing() as db:
        if not pages.unpark(db, no):
            raise NotAllowed(f"第 {no} 号投递没有停下来")
        journal.append(db, "delivery.again", f"delivery/{no}", {}, actor=auth.user().name)
    return make_response(redirect(url_for("delivery.show", no=no), 303))
