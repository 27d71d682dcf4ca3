"""投递详情: what became of every file that was handed in, and of the lessons in it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from appliance import journal
from appliance.catalog import deliveries, pages
from appliance.errors import NotAllowed
from appliance.model import Fate
from web import auth, box
from web.pages import BY_NAME, TECHNICIAN

page = Blueprint("delivery", __name__)


@page.get("/deliveries/<int:no>")
def show(no: int) -> str:
    delivery = deliveries.by_no(box.db(), no)
    cards = pages.lesson_cards(box.db(), [each["lesson"] for each in delivery["lessons"]])
    left_out = [each for each in delivery["entries"] if each["fate"] in (Fate.IGNORED, Fate.QUARANTINED)]
    return render_template(
        BY_NAME["delivery"].template, delivery=delivery, cards=cards, left_out=left_out, edition=box.edition(),
        fates={each["lesson"]: each["fate"] for each in delivery["lessons"]},
    )  # fmt: skip


@page.post("/deliveries/<int:no>/again")
def again(no: int) -> Response:
    """A technician lets the box try again what it had parked."""
    auth.require(TECHNICIAN)
    with box.catalog().writing() as db:
        if not pages.unpark(db, no):
            raise NotAllowed(f"第 {no} 号投递没有停下来")
        journal.append(db, "delivery.again", f"delivery/{no}", {}, actor=auth.user().name)
    return make_response(redirect(url_for("delivery.show", no=no), 303))
