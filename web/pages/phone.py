"""在手机上打开: the box's addresses as codes to scan, for phones, tablets and the schools' computers."""

from __future__ import annotations

import segno
from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from web import lan
from web.pages import BY_NAME

page = Blueprint("phone", __name__)

PLACES = (("投递", "hand_in.show"), ("评委打分", "judge.show"), ("登录", "login.show"))


@page.get("/phone")
def show() -> str:
    found = lan.addresses()
    here = lan.split(request.host)[0]
    found.sort(key=lambda one: one != here)  # the one by which this very page was reached works for sure
    named = lan.name()
    return render_template(
        BY_NAME["phone"].template, name=_url(named) if named else "",
        codes=[(one, [(title, _url(one, url_for(to)), _picture(_url(one, url_for(to)))) for title, to in PLACES]) for one in found],
    )  # fmt: skip


def _url(host: str, path: str = "/") -> str:
    """By the port at which this page was opened."""
    _, colon, port = lan.split(request.host)
    return f"{request.scheme}://{host}{colon}{port}{path}"


def _picture(address: str) -> Markup:
    return Markup(segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2, svgclass="qr"))
