"""A new box takes the place of a lost one: a step beside 首次设置, as long as the box has no user.

1. The setup code proves that somebody stands at the box; the recovery code opens the disk; both are typed once.
2. What is on the disk is shown: when, how many lessons, how large.
3. One is chosen; the part that may write does it, and the page tells how it goes until there are users, and a login.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance.backup import disks, recovery, snapshots, state
from appliance.backup.disks import Disk
from appliance.backup.state import Asked
from appliance.errors import BoxError, NotAllowed, NotFound
from web import box, numbers, own_screen, secret

BY = "首次设置"


def install(page: Blueprint) -> None:
    page.add_url_rule("/setup/restore", "restore", restore)
    page.add_url_rule("/setup/restore", "restore_look", look, methods=["POST"])
    page.add_url_rule("/setup/restore/live", "restore_live", live)
    page.add_url_rule("/setup/restore/begin", "restore_begin", begin, methods=["POST"])


def restore() -> str:
    return _page()


def live() -> str:
    return render_template("setup/restoring.html", now=state.get(box.station().home))


def look() -> Response:
    """The snapshots of the chosen disk, once both codes are right."""
    try:
        _require_code()
        disk, keys = _disk(), recovery.keys_of(request.form.get("recovery", ""))
        found = [one for folder in disk.boxes(keys) for one in snapshots.all(folder, keys)]
        if not found:
            raise NotFound("这个恢复码打不开这块备份盘", effect="什么也没有恢复", remedy="请核对恢复卡和备份盘")
    except BoxError as error:
        return make_response(_page(error), 400)
    recovery.keep_for_restoring(box.station().home, keys)
    return make_response(_page(found=found, disk=disk))


def begin() -> Response:
    try:
        _require_code()
        disk, keys = _disk(), recovery.for_restoring(box.station().home)
        number = numbers.whole(request.form.get("snapshot", ""))
        if not any(number in snapshots.names(folder) for folder in disk.boxes(keys)):
            raise NotFound("盘上没有这一份", effect="什么也没有恢复", remedy="请再选一次")
        if state.get(box.station().home).step == "running":
            raise NotAllowed("正在恢复", remedy="请等它做完")
    except BoxError as error:
        return make_response(_page(error), 400)
    state.ask(box.station().home, Asked("restore", disk.id, BY, number))
    return make_response(redirect(url_for("setup.restore"), 303))


def _page(
    error: BoxError | None = None, found: list[snapshots.Snapshot] | None = None, disk: Disk | None = None
) -> str:
    home = box.station().home
    return render_template(
        "setup/restore.html", error=error, found=found or [], disk=disk, here=disks.readable(box.station()),
        form=request.form, now=state.get(home), code=secret.setup_code(home) if own_screen.on_this_machine() else "",
    )  # fmt: skip


def _require_code() -> None:
    if not secret.is_setup_code(box.station().home, request.form.get("code", "")):
        raise NotAllowed("设置码不对", effect="什么也没有恢复", remedy="请照盒子自己的屏幕上显示的设置码填写")


def _disk() -> Disk:
    number = request.form.get("disk", "")
    found = next((one for one in disks.readable(box.station()) if one.id == number), None)
    if found is None:
        raise NotFound("这块备份盘现在没有插着", effect="什么也没有恢复", remedy="请插好再试")
    return found
