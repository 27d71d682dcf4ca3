"""收件台: what the box is doing with what was handed in, at one glance from two metres.

The page is whole without scripts (refresh it); with them, its living part is fetched every two seconds and
swapped only when it changed, so that a finger or a screen reader on it is not disturbed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from appliance.backup import reminder, state
from appliance.catalog import drops, pages, under_way
from web import box
from web.big_state import big_state, drops_shown, for_screen
from web.pages import BY_NAME, season
from web.rate import Rates

RECENT = 10
USUAL_LESSON_BYTES = 600_000_000  # until the box has seen lessons of its own

page = Blueprint("desk", __name__)
_rates = Rates()


@page.get("/")
def show() -> str:
    html, mark = _living()
    return render_template(BY_NAME["desk"].template, living=html, mark=mark, due=season.strip(), backup=_overdue())


@page.get("/desk/live")
def live() -> Response:
    html, mark = _living()
    if request.args.get("seen") == mark:
        return Response(status=204)
    return make_response(render_template("desk/live.html", living=html, mark=mark))


@page.post("/desk/read/<int:drop>")
def read(drop: int) -> Response:
    """知道了: a trouble stays red until somebody has read it, also after the stick is gone."""
    with box.catalog().writing() as db:
        pages.mark_read(db, drop, request.form.get("at", ""))
    return make_response(redirect(url_for("desk.show"), 303))


def _overdue() -> reminder.Standing | None:
    """Only where there is a backup disk: a technician decides whether there is one."""
    known = [*state.known(box.station().home).values()]
    told = reminder.standing(known, dt.datetime.now().astimezone())
    return told if told.overdue else None


def _living() -> tuple[str, str]:
    """(the living part of the page, its mark: equal marks are equal parts)."""
    db = box.db()
    read_marks = pages.read_marks(db)
    rows = drops_shown(drops.newest(db), read_marks)
    now = time.monotonic()
    shown = [
        for_screen(row, _rates.seconds_left(row["id"], row["bytes_done"], row["bytes_total"], now)) for row in rows
    ]
    html = render_template(
        "desk/living.html",
        big=big_state(rows, read_marks),
        drops=shown,
        deliveries=pages.recent_deliveries(db, RECENT),
        room=_room(pages.mean_lesson_bytes(db)),
        under_way=under_way.under_way(db),
        parked=pages.unread_parked(db),
        verdicts=pages.verdict_counts(db),
        read_marks=read_marks,
    )
    return html, hashlib.sha256(html.encode()).hexdigest()[:16]


def _room(mean: float) -> int:
    """How many more lessons find room."""
    return max(0, int(box.station().store().room() / (mean or USUAL_LESSON_BYTES)))
