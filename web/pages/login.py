"""登录, and 退出."""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from appliance.errors import NotAllowed
from web import auth
from web.pages import BY_NAME

page = Blueprint("login", __name__)


@page.get("/login")
def show() -> Response | str:
    if g.user:
        return redirect(url_for("desk.show"), 303)
    return render_template(BY_NAME["login"].template, error=None, name="")


@page.post("/login")
def enter() -> Response:
    name, password = request.form.get("name", "").strip()[:40], request.form.get("password", "")
    try:
        auth.sign_in(name, password)
    except NotAllowed as error:
        return make_response(render_template(BY_NAME["login"].template, error=error, name=name), 401)
    return make_response(redirect(auth.safe_target(request.args.get("next")), 303))


@page.post("/logout")
def leave() -> Response:
    session.clear()
    return make_response(redirect(url_for("login.show"), 303))
