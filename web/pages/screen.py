"""待机: the box's own screen when nobody touches it; and what the keyboard on that screen asks.

Shown to whoever stands before the box, so it holds counts, schools that still owe something, and no names of people or lessons. It covers the page that was open,
so nothing that was half written is lost; after a longer time, and only with nothing half written, it signs out.
"""

from __future__ import annotations

import datetime as dt
import threading
import time

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response as Answer

from appliance import clock
from appliance.catalog import drops, due, pages
from web import box, own_screen
from web.big_state import big_state, drops_shown, for_screen
from web.pages import BY_NAME
from web.pinyin.candidates import ALL, FIRST, candidates
from web.pinyin.lexicon import lexicon
from web.pinyin.offers import offers
from web.rate import Rates
from web.reminding import Remembered

LONGEST_FIELD = 60
MOST_DATES = 3

page = Blueprint("screen", __name__)
_rates = Rates()


@page.before_request
def only_here() -> None:
    if not own_screen.on_this_machine():
        abort(404)


@page.get("/screen")
def show() -> str:
    threading.Thread(target=lexicon, daemon=True).start()  # ready before the first key
    return render_template(BY_NAME["screen"].template, living=_living())


@page.get("/screen/live")
def live() -> str:
    return _living()


@page.post("/screen/leave")
def leave() -> Answer:
    """Nobody has touched the screen for long."""
    session.clear()
    return make_response(redirect(url_for("screen.show"), 303))


@page.get("/screen/keys")
def keys() -> Response:
    """What the letters typed so far can mean; names of the rosters only for somebody who has signed in."""
    typed = request.args.get("typed", "")
    field, before = (request.args.get(name, "")[:LONGEST_FIELD] for name in ("field", "before"))
    names = offers(box.db(), field, typed.replace("'", "").lower(), before.strip()) if g.user else []
    return jsonify(words=candidates(lexicon(), typed, ALL if "all" in request.args else FIRST), names=names)


def _living() -> str:
    db = box.db()
    read = pages.read_marks(db)
    rows = drops_shown(drops.newest(db), read)
    ticks = time.monotonic()
    shown = [
        for_screen(row, _rates.seconds_left(row["id"], row["bytes_done"], row["bytes_total"], ticks))
        for row in rows
        if row["state"] in ("settling", "copying")
    ]
    now = clock.now()
    return render_template(
        "screen/living.html", at=dt.datetime.fromisoformat(now.wall), sure=now.quality == "ntp", drops=shown,
        big=big_state(rows, read), due=due.due(db), parked=pages.unread_parked(db), coming=_coming(now.wall[:10]),
        owing=_owing().shown(now.wall[:10]),
    )  # fmt: skip


def _owing() -> Remembered:
    found: Remembered = current_app.extensions.setdefault("reminders", Remembered())
    return found


def _coming(today: str) -> list[tuple[str, dt.date, int]]:
    """(what is due, its day, days until then), soonest first: the notice's dates and the ends of publicity."""
    dates = [(date.what, date.day) for date in box.edition().dates.values()]
    dates += [("公示结束", dt.date.fromisoformat(day)) for day in due.due(box.db()).last_days]
    first = dt.date.fromisoformat(today)
    coming = [(what, day, (day - first).days) for what, day in dates if day >= first]
    return sorted(coming, key=lambda one: one[1])[:MOST_DATES]
