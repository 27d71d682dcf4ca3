"""备份: backup disks, how old the newest backup is, the code on paper. The page asks; a part that may write to disks does
it, and tells here how it goes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import segno
from flask import Blueprint, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from appliance import journal
from appliance.backup import disks, recovery, reminder, state
from appliance.backup.state import Asked
from appliance.box.sticks import note
from appliance.errors import NotAllowed, NotFound
from web import auth, box, own_screen
from web.pages import BY_NAME

page = Blueprint("backup", __name__)


@page.get("/backup")
def show() -> str:
    return render_template(BY_NAME["backup"].template, **_now())


@page.get("/backup/live")
def live() -> str:
    return render_template("backup/now.html", **_now())


@page.post("/backup/now")
def make() -> Response:
    recovery.needed(box.station().home)
    return _ask("backup", _here(request.form.get("disk", "")))


@page.post("/backup/drill")
def drill() -> Response:
    return _ask("drill", _here(request.form.get("disk", "")))


@page.post("/backup/mark")
def mark() -> Response:
    chosen = request.form.get("device", "")
    if chosen not in {told.device for told in _unmarked()}:
        raise NotFound("这块盘现在没有插着", effect="没有做成备份盘", remedy="请插好再按一次")
    return _ask("mark", chosen)


@page.post("/backup/key")
def key() -> Response:
    made = recovery.make(box.station().home)
    _tell("backup.key", f"keys/{made.id}")
    return _back()


@page.get("/backup/card")
def card() -> str:
    """The paper itself; as often as it is wanted, until somebody says that it is put away."""
    keys = recovery.needed(box.station().home)
    if not keys.code:
        raise NotFound("恢复码已经印过，盒子里没有了", effect="什么也没有改动", remedy="请找出印好的恢复卡")
    if own_screen.is_own():
        raise NotAllowed("盒子的屏幕上打不了纸", remedy="请在办公室的电脑上打开这一页")
    return render_template("backup/card.html", keys=keys, picture=picture(keys.code))


@page.post("/backup/on-paper")
def on_paper() -> Response:
    """The last group is typed from the paper: so somebody has it in hand."""
    home = box.station().home
    keys = recovery.needed(home)
    typed = request.form.get("group", "").strip().upper()
    if keys.code and typed != keys.code.rpartition("-")[2]:
        raise NotAllowed("最后一组和恢复卡上的不一样", effect="恢复码还留在盒子里", remedy="请照印好的恢复卡再写一遍")
    recovery.on_paper(home)
    _tell("backup.on-paper", f"keys/{keys.id}")
    return _back()


def picture(code: str) -> Markup:
    return Markup(segno.make(code, error="m", micro=False).svg_inline(scale=3, omitsize=True, svgclass="qr"))


def _now() -> dict[str, object]:
    station = box.station()
    known = state.known(station.home)
    here = disks.find(station)
    return {
        "now": state.get(station.home), "known": [*known.values()], "here": here, "unmarked": _unmarked(),
        "keys": recovery.of_box(station.home),
        "standing": reminder.standing([*known.values()], dt.datetime.now().astimezone()),
    }  # fmt: skip


def _unmarked() -> list[note.Note]:
    """Sticks that the mounter knows and that carry no mark of this box: another box's backups on it stay."""
    found, ours = [], state.known(box.station().home)
    for root in box.station().settings.usb_mounts:
        for told in note.read(Path(root)).values():
            place = Path(root) / told.device
            if not told.problem and place.is_dir() and disks.read_mark(place) not in ours:
                found.append(told)
    return found


def _here(number: str) -> str:
    return disks.one(box.station(), number).id


def _ask(act: str, disk: str) -> Response:
    if state.get(box.station().home).step == "running":
        raise NotAllowed("上一件事还没有做完", remedy="请等它做完再按")
    who = auth.user().name
    _tell("backup.asked", f"disk/{disk}", {"act": act})
    state.ask(box.station().home, Asked(act, disk, who))
    return _back()


def _tell(kind: str, subject: str, data: dict[str, str] | None = None) -> None:
    with box.catalog().writing() as db:
        journal.append(db, kind, subject, data or {}, actor=auth.user().name)


def _back() -> Response:
    return make_response(redirect(url_for("backup.show"), 303))
