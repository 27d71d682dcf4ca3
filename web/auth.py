"""Who is signed in, and whether the page's row lets them see it.

1. Nobody exists yet: every page leads to 首次设置.
2. The session names a user, and the epoch of their password and role; an older epoch is signed out.
3. The role must stand in the row of the page (`web.pages.PAGES`). A narrower right is asked by `require`.
Signing in starts a new session: whatever an earlier visitor planted in the old one is gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from appliance import signing_in
from appliance.catalog import users
from web import box
from web.pages import BY_NAME

OPEN_ENDPOINTS = frozenset({"static", "health"})


@dataclass(frozen=True)
class User:
    name: str
    shown: str
    role: str

    @property
    def role_name(self) -> str:
        return users.ROLES[self.role]


def install(app: Flask) -> None:
    app.before_request(_guard)


def user() -> User:
    """Who is signed in; only on pages that need it."""
    found: User = g.user
    return found


def require(roles: frozenset[str]) -> None:
    if user().role not in roles:
        abort(403)


def sign_in(name: str, password: str) -> None:
    """Raises `NotAllowed`, which says why."""
    row = signing_in.check(box.catalog(), name, password)
    start_session(name, row["epoch"])


def second(roles: frozenset[str]) -> str:
    """Another person, of one of `roles`, who stands by what the signed-in one does: name and password from the form.
    Raises `NotAllowed`."""
    form = request.form
    return signing_in.second(box.catalog(), user().name, form.get("second", ""), form.get("second_password", ""), roles)


def start_session(name: str, epoch: int) -> None:
    session.clear()
    session.permanent = True
    session.update(user=name, epoch=epoch)


def _guard() -> Response | None:
    g.user = None
    page = BY_NAME.get(request.blueprint or "")
    if page is None or request.endpoint in OPEN_ENDPOINTS:
        return None  # assets, health, and addresses that do not exist
    g.user = _from_session()
    if g.user is None:
        return _first_or_login(page.name)
    if page.roles and g.user.role not in page.roles:
        abort(403)
    if page.name == "setup":
        abort(404)
    return None


def _from_session() -> User | None:
    name = session.get("user")
    row = users.find(box.db(), name) if isinstance(name, str) else None
    if row is None or row["disabled"] or row["epoch"] != session.get("epoch"):
        return None
    return User(row["name"], row["shown"], row["role"])


def _first_or_login(page: str) -> Response | None:
    exists = users.any_exists(box.db())
    if page == "setup" and exists:
        if request.headers.get("HX-Request"):  # a restore has brought the users back while its page was open
            return Response("", 401, {"HX-Redirect": url_for("login.show")})
        abort(404)
    if page == "setup" or (not BY_NAME[page].roles and exists):
        return None
    target = url_for("login.show", next=_here()) if exists else url_for("setup.show")
    if request.headers.get("HX-Request"):  # a polled part of a page: the whole page must go
        return Response("", 401, {"HX-Redirect": target})
    return redirect(target, 303)


def _here() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None


def safe_target(target: str | None) -> str:
    """Where to go after signing in: only a path of ours."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable():
        return target
    return url_for("desk.show")
