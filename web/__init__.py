"""The face of the box: pages for the people of an education office. No rule lives here.

A request passes, in order:
1. `security`  the Host is one of ours, the body is small; every answer carries the CSP and is not stored.
2. `auth`      who is signed in; the page's row in `pages.PAGES` says which roles may see it.
3. `pages/…`   one file a page: reads the catalog, or lets `appliance` carry out a decision.
4. `templates` one folder a page, all on `base.html`; `shown` makes hostile names inert.
5. `errors`    出了什么事 / 影响什么 / 现在怎么办, for whatever went wrong.
No asset and no request leaves the box.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib

from flask import Flask, g
from flask_wtf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map

from appliance.catalog import MANY, Catalog
from appliance.station import Station
from web import auth, errors, health, look, own_screen, secret, security, tus
from web.pages import PAGES

BODY_BYTES = 256 * 1024  # the largest form is a paragraph of reasons; files come in pieces (`tus`)
SIGNED_IN = dt.timedelta(hours=12)


def create_app(station: Station) -> Flask:
    app = Flask("web")
    app.config.update(
        SECRET_KEY=secret.session_key(station.home),
        SESSION_COOKIE_NAME=_cookie_name(station),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SIGNED_IN,
        MAX_CONTENT_LENGTH=BODY_BYTES,
        MAX_FORM_PARTS=100,
        WTF_CSRF_TIME_LIMIT=None,  # a page may stay open all day; the token ends with the session
        SEND_FILE_MAX_AGE_DEFAULT=dt.timedelta(days=1),
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.url_map.converters["int"] = Number
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["station"] = station
    security.install(app)
    tus.install(app, "hand_in.piece")
    CSRFProtect(app)
    auth.install(app)
    look.install(app)
    own_screen.install(app)
    errors.install(app)
    health.install(app)
    for page in PAGES:
        app.register_blueprint(importlib.import_module(page.module).page)
    app.add_url_rule("/favicon.ico", "favicon", lambda: app.send_static_file("mark.svg"))
    app.teardown_request(_close_catalog)
    return app


class Number(IntegerConverter):
    """A number in an address that no row can have is an address that does not exist."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=MANY - 1)


def _cookie_name(station: Station) -> str:
    """One a station: cookies know no ports, and a county and a city may live on one machine."""
    return "box-" + hashlib.sha256(f"{station.home}".encode()).hexdigest()[:8]


def _close_catalog(_: BaseException | None) -> None:
    opened: Catalog | None = g.pop("catalog", None)
    if opened is not None:
        opened.close()
