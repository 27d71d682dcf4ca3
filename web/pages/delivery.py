"""投递详情: what became of every file that was handed in, and of the lessons in it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for

from appliance import journal
from appliance.catalog import deliveries, drops, pages, under_way
from appliance.errors import NotAllowed
from appliance.intake import give_back
from appliance.model import Fate
from appliance.printing import asking
from appliance.reports.delivery_slip import PRINTED, SCHOOL, delivery_slip, prints
from appliance.reports.slip_marks import check_code
from appliance.reports.slip_style import PAPERS
from web import auth, box, printed
from web.pages import BY_NAME, SELECTORS, TECHNICIAN

_PRINTER = "/static/print.js"

page = Blueprint("delivery", __name__)


@page.get("/deliveries/<int:no>")
def show(no: int) -> str:
    delivery = deliveries.by_no(box.db(), no)
    cards = pages.lesson_cards(box.db(), [each["lesson"] for each in delivery["lessons"]])
    left_out = [each for each in delivery["entries"] if each["fate"] in (Fate.IGNORED, Fate.QUARANTINED)]
    edition = box.edition()
    return render_template(
        BY_NAME["delivery"].template, delivery=delivery, cards=cards, left_out=left_out, edition=edition,
        way=under_way.under_way(box.db()).get(no),
        fates={each["lesson"]: each["fate"] for each in delivery["lessons"]}, papers=PAPERS, printed=prints(box.db(), no),
        code=check_code({**delivery, "lessons": cards}),
    )  # fmt: skip


@page.get("/deliveries/<int:no>/slip")
def slip_page(no: int) -> Response:
    return printed_slip(no)


def printed_slip(no: int, only: Sequence[int] | None = None) -> Response:
    """The slip as it is printed, each opening is a print; `only`: of these lessons. It carries its own style; that
    very text, by its hash, is all that is let in."""
    paper = request.args.get("paper", "")
    by = auth.user().name if g.user else SCHOOL
    html = _slip(no, paper, prints(box.db(), no, by) + 1, only)
    with box.catalog().writing() as db:
        journal.append(db, PRINTED, f"delivery/{no}", {"paper": paper}, actor=by)
    return printed.answer(html.replace("</body>", f'<script src="{_PRINTER}" defer></script></body>'))


@page.post("/deliveries/<int:no>/stick")
def to_stick(no: int) -> Response:
    auth.require(SELECTORS)
    delivery = deliveries.row(box.db(), no)
    drop = drops.get(box.db(), delivery["drop_"]) if delivery["drop_"] else None
    name = give_back.write_slip(box.station(), drop, delivery["receipt"], _slip(no, "a4", printed=1))
    with box.catalog().writing() as db:
        journal.append(db, "slip.to-stick", f"delivery/{no}", {"name": name}, actor=auth.user().name)
    return make_response(redirect(url_for("delivery.show", no=no, written=1), 303))


def _slip(no: int, paper: str, printed: int, only: Sequence[int] | None = None) -> str:
    return delivery_slip(box.station(), box.db(), no, paper, printed, request.args.get("program", ""), only)


@page.post("/deliveries/<int:no>/receipt-printer")
def to_printer(no: int) -> Response:
    asking.ask(box.station(), box.catalog(), "slip", no, auth.user().name)
    return make_response(redirect(url_for("printing.show"), 303))


@page.post("/deliveries/<int:no>/again")
def again(no: int) -> Response:
    """A technician lets the box try again what it had parked."""
    auth.require(TECHNICIAN)
    with box.catalog().writing() as db:
        if not pages.unpark(db, no):
            raise NotAllowed(f"第 {no} 号投递没有停下来")
        journal.append(db, "delivery.again", f"delivery/{no}", {}, actor=auth.user().name)
    return make_response(redirect(url_for("delivery.show", no=no), 303))
