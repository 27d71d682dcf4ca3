"""用户: who may sign in, as what."""

from __future__ import annotations

import time

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance import journal, passwords
from appliance.catalog import users
from appliance.errors import WrongUse
from web import auth, box
from web.pages import BY_NAME

page = Blueprint("users", __name__)


@page.get("/users")
def show() -> str:
    return _page()


@page.post("/users")
def add() -> Response:
    form = request.form
    name, role = form.get("name", "").strip(), form.get("role", "")
    hashed = passwords.hash(form.get("password", ""))
    with box.catalog().writing() as db:
        users.create(db, name, form.get("shown", ""), role, hashed)
        journal.append(db, "user.create", f"user/{name}", {"role": role}, actor=auth.user().name)
    return _back()


@page.post("/users/<name>/password")
def reset(name: str) -> Response:
    hashed = passwords.hash(request.form.get("password", ""))
    with box.catalog().writing() as db:
        users.set_password(db, name, hashed)
        journal.append(db, "user.password", f"user/{name}", {}, actor=auth.user().name)
    return _back()


@page.post("/users/<name>/role")
def change_role(name: str) -> Response:
    role = request.form.get("role", "")
    with box.catalog().writing() as db:
        users.set_role(db, name, role)
        journal.append(db, "user.role", f"user/{name}", {"role": role}, actor=auth.user().name)
    return _back()


@page.post("/users/<name>/disabled")
def disable(name: str) -> Response:
    wanted = request.form.get("disabled", "")
    if wanted not in ("0", "1"):
        raise WrongUse("没有说是停用还是恢复")
    with box.catalog().writing() as db:
        users.set_disabled(db, name, wanted == "1")
        kind = "user.disable" if wanted == "1" else "user.enable"
        journal.append(db, kind, f"user/{name}", {}, actor=auth.user().name)
    return _back()


def _page() -> str:
    rows = users.everyone(box.db())
    return render_template(
        BY_NAME["users"].template, rows=rows, roles=users.ROLES, now=time.time(), shortest=passwords.SHORTEST
    )


def _back() -> Response:
    return make_response(redirect(url_for("users.show"), 303))
