"""首次设置: whoever can read the one-time code stands at the box, and becomes its first technician."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance import journal, passwords
from appliance.catalog import users
from appliance.errors import NotAllowed, WrongUse
from web import auth, box, secret
from web.pages import BY_NAME

page = Blueprint("setup", __name__)


@page.get("/setup")
def show() -> str:
    secret.setup_code(box.station().home)  # also for a server that started before the last user was lost
    return render_template(BY_NAME["setup"].template, error=None, name="", shortest=passwords.SHORTEST)


@page.post("/setup")
def begin() -> Response:
    form = request.form
    try:
        _first_technician(form.get("code", ""), form.get("name", "").strip(), form.get("password", ""), form)
    except (NotAllowed, WrongUse) as error:
        html = render_template(
            BY_NAME["setup"].template, error=error, name=form.get("name", ""), shortest=passwords.SHORTEST
        )
        return make_response(html, 400)
    return make_response(redirect(url_for("users.show"), 303))


def _first_technician(code: str, name: str, password: str, form: dict) -> None:
    home = box.station().home
    if not secret.is_setup_code(home, code):
        raise NotAllowed("设置码不对", effect="还没有建立用户", remedy="请照盒子启动时显示的设置码填写")
    if password != form.get("again", ""):
        raise WrongUse("两次写的密码不一样", effect="还没有建立用户", remedy="请重新填写")
    hashed = passwords.hash(password)
    with box.catalog().writing() as db:
        if users.any_exists(db):
            raise NotAllowed("已经设置过了", remedy="请直接登录")
        users.create(db, name, name, "technician", hashed)
        journal.append(db, "user.create", f"user/{name}", {"role": "technician"}, actor=name)
    secret.forget_setup_code(home)
    auth.start_session(name, 0)
