"""修改密码: one's own; other sessions of the same person end with it."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance import journal, passwords
from appliance.catalog import users
from appliance.errors import BoxError, NotAllowed, WrongUse
from web import auth, box
from web.pages import BY_NAME

page = Blueprint("account", __name__)


@page.get("/account")
def show() -> str:
    return _page(None)


@page.post("/account")
def change() -> Response:
    try:
        _change(request.form.get("old", ""), request.form.get("new", ""), request.form.get("again", ""))
    except (NotAllowed, WrongUse) as error:
        return make_response(_page(error), 400)
    return make_response(redirect(url_for("account.show", done=1), 303))


def _change(old: str, new: str, again: str) -> None:
    name = auth.user().name
    if new != again:
        raise WrongUse("两次写的新密码不一样", remedy="请重新填写")
    if not passwords.matches(users.by_name(box.db(), name)["password"], old):
        raise NotAllowed("原密码不对", remedy="请再试一次")
    hashed = passwords.hash(new)
    with box.catalog().writing() as db:
        users.set_password(db, name, hashed)
        journal.append(db, "user.password", f"user/{name}", {}, actor=name)
    auth.start_session(name, users.by_name(box.db(), name)["epoch"])


def _page(error: BoxError | None) -> str:
    done = error is None and request.args.get("done") == "1"
    return render_template(BY_NAME["account"].template, error=error, done=done, shortest=passwords.SHORTEST)
