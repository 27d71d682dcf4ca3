"""首次设置: whoever can read the one-time code stands at the box, names it, and becomes its first technician.

The code is shown on the box's own screen and nowhere else; so is what was wrong with `lessonbox.toml`, if there was
one. A box that such a file has named asks for no name.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance import journal, passwords
from appliance.box.first import steps
from appliance.box.first.fields import named
from appliance.catalog import users
from appliance.errors import NotAllowed, WrongUse
from appliance.station import Station
from web import auth, box, own_screen, restoring, secret
from web.pages import BY_NAME

page = Blueprint("setup", __name__)
restoring.install(page)


@page.get("/setup")
def show() -> str:
    return _page(None, {})


@page.post("/setup")
def begin() -> Response:
    try:
        _first_technician(request.form)
    except (NotAllowed, WrongUse) as error:
        return make_response(_page(error, request.form), 400)
    return make_response(redirect(url_for("users.show"), 303))


def _page(error: Exception | None, form: Mapping[str, str]) -> str:
    station = box.station()
    code = secret.setup_code(station.home)  # also for a server that started before the last user was lost
    return render_template(
        BY_NAME["setup"].template, error=error, form=form, shortest=passwords.SHORTEST,
        unnamed=station.settings.unnamed, problems=steps.told(station.home),
        code=code if own_screen.on_this_machine() else "",
    )  # fmt: skip


def _first_technician(form: Mapping[str, str]) -> None:
    home, name, password = box.station().home, form.get("name", "").strip(), form.get("password", "")
    if not secret.is_setup_code(home, form.get("code", "")):
        raise NotAllowed("设置码不对", effect="还没有建立用户", remedy="请照盒子自己的屏幕上显示的设置码填写")
    if password != form.get("again", ""):
        raise WrongUse("两次写的密码不一样", effect="还没有建立用户", remedy="请重新填写")
    hashed = passwords.hash(password)
    if box.station().settings.unnamed and not users.any_exists(box.db()):
        _name(form)
    with box.catalog().writing() as db:
        if users.any_exists(db):
            raise NotAllowed("已经设置过了", remedy="请直接登录")
        users.create(db, name, name, "technician", hashed)
        journal.append(db, "user.create", f"user/{name}", {"role": "technician"}, actor=name)
    secret.forget_setup_code(home)
    auth.start_session(name, 0)


def _name(form: Mapping[str, str]) -> None:
    """Before the user: a power cut in between asks for both again, and nobody is locked out of a box without a name.
    The other parts see that their settings are old, and start anew."""
    station = box.station()
    asked = {key: form.get(key, "").strip() for key in ("level", "station", "code_of_station")}
    settings, says = named(asked["level"], asked["station"], asked["code_of_station"])
    if says:
        raise WrongUse(says[0], effect="还没有建立用户", remedy="请改好再按一次")
    steps.name(station, settings)
    current_app.extensions["station"] = Station.open(station.home)
