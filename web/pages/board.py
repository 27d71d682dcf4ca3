"""遴选: the ranking beside the quotas, a choice to try out, saved as a proposal and decided by two persons."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from appliance.catalog import proposals
from appliance.selection import board as selection
from appliance.selection import proposing
from appliance.selection.board import Board, Line
from appliance.selection.quotas import Remark
from web import auth, box
from web.look import plain, shown
from web.pages import APPROVER, BY_NAME, SELECTORS

_FIRST = ("error", "warning", "info")

page = Blueprint("board", __name__)


@page.get("/board")
def show() -> str:
    """`?from=` a proposal begins with its choice; `?lesson=` with these lessons."""
    found = _board()
    start = request.args.get("from", "")
    row = proposals.by_id(box.db(), int(start)) if start.isdecimal() else None
    picked = set(row["chosen"]) if row else {int(no) for no in request.args.getlist("lesson") if no.isdecimal()}
    return _page(found, picked & found.movable, row["reasons"] if row else {})


def _page(found: Board, picked: Collection[int], reasons: dict[str, str]) -> str:
    return render_template(
        BY_NAME["board"].template, groups=_groups(found), picked=picked, edition=box.edition(),
        proposals=proposals.everything(box.db()), **_remarks(found, sorted(picked), reasons),
    )  # fmt: skip


@page.post("/board/what-if")
def what_if() -> str:
    """The part of the page that says what the choice would mean; the whole page for a browser without scripts."""
    if "HX-Request" not in request.headers:
        found = _board()
        return _page(found, set(_numbers()) & found.movable, _reasons())
    return render_template("board/remarks.html", **_remarks(_board(), _numbers(), _reasons()))


@page.post("/board")
def save() -> Response:
    form, by = request.form, auth.user().name
    number = proposing.save(
        box.catalog(), box.station(), box.edition(), form.get("name", "")[:100], _numbers(), _reasons(), by
    )
    return _to(number)


@page.get("/board/<int:no>")
def one(no: int) -> str:
    row, found = proposals.by_id(box.db(), no), _board()
    remarks = [Remark(**{**each, "lessons": tuple(each["lessons"])}) for each in row["remarks"]]
    lines = {line.entry.no: line for line in found.lines}
    return render_template(
        "board/one.html", proposal=row, remarks=remarks, lines=lines, against=selection.objections(remarks, row["reasons"]),
        edition=box.edition(), may=auth.user().role in APPROVER,
    )  # fmt: skip


@page.post("/board/<int:no>/decide")
def decide(no: int) -> Response:
    auth.require(APPROVER)
    by, second = auth.user().name, auth.second(SELECTORS)
    proposing.decide_on(box.catalog(), box.station(), box.edition(), no, by, second)
    return _to(no)


@page.post("/board/<int:no>/drop")
def drop(no: int) -> Response:
    proposing.drop(box.catalog(), no, request.form.get("reason", "")[:500], auth.user().name)
    return _to(no)


def _board() -> Board:
    return selection.board(box.station(), box.db(), box.edition())


class Card(NamedTuple):
    """A lesson as the page shows it; hundreds stand on one page, so that the words are put together here, once each."""

    no: int
    title: Markup
    plain_title: str
    place: Markup
    score: str
    whose: Markup  # and what it lacks
    fixed: bool
    chosen: bool
    state: str


def _card(line: Line) -> Card:
    one, identity = line.entry, line.identity
    whose = " · ".join(word for word in (one.school, one.teacher, identity.grade, identity.textbook) if word)
    lacks = f" · 还缺 {'、'.join(line.lacks)}" if line.lacks else ""
    return Card(
        one.no, shown(one.title), plain(one.title), shown(line.place), line.score, shown(whose) + plain(lacks),
        line.fixed, one.chosen, line.state,
    )  # fmt: skip


def _groups(found: Board) -> list[tuple[tuple[str, str, str], list[tuple[int, Card]]]]:
    """((category, stage, subject), its lessons by rank, each with its place)."""
    lines = groupby(found.lines, key=lambda line: (line.entry.category, line.entry.stage, line.entry.subject))
    return [(name, list(enumerate(map(_card, each)))) for name, each in lines]


def _remarks(found: Board, numbers: Sequence[int], reasons: dict[str, str]) -> dict[str, Any]:
    remarks = sorted(selection.look(found, numbers, box.edition(), {}), key=lambda one: _FIRST.index(one.level))
    return {
        "remarks": remarks, "reasons": reasons, "open": selection.objections(remarks, reasons), "id_of": id_of,
        "count": len(numbers), "fixed": sum(one.chosen for one in found.entries if one.no not in found.movable),
    }  # fmt: skip


def id_of(key: str) -> str:
    """A field's name for the reason of an exception: keys hold titles and names."""
    return "reason-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _reasons() -> dict[str, str]:
    """{key: reason}, from pairs of fields."""
    pairs = zip(request.form.getlist("key"), request.form.getlist("reason"), strict=False)
    return {key[:500]: text[:500] for key, text in pairs if text.strip()}


def _numbers() -> list[int]:
    return [int(no) for no in request.form.getlist("lesson") if no.isascii() and no.isdecimal() and len(no) < 10]


def _to(no: int) -> Response:
    return make_response(redirect(url_for("board.one", no=no), 303))
