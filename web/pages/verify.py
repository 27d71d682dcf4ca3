"""证书查验: whoever holds a certificate may ask whether this office issued it. Guessing is stopped after some wrong ones."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request

from appliance.errors import NotFound
from appliance.selection import certificates
from web import box
from web.pages import BY_NAME
from web.tries import Tries

ALLOWED, SECONDS = 10, 600.0

page = Blueprint("verify", __name__)
_TOO_MANY = NotFound(
    f"查错了 {ALLOWED} 次，这台电脑暂停查验", effect="证书不受影响", remedy="请十分钟后再查，或到发证的单位查"
)


@page.get("/verify")
def show() -> Response:
    number, check = request.args.get("number", "")[:60], request.args.get("check", "")[:60]
    found, error, status = _asked(number, check) if number or check else (None, None, 200)
    html = render_template(BY_NAME["verify"].template, found=found, error=error, number=number, check=check)
    return make_response(html, status)


def _asked(number: str, check: str) -> tuple[dict[str, Any] | None, NotFound | None, int]:
    """(what stands on the certificate, or why nothing is said, status)."""
    place, tries = request.remote_addr or "", _tries()
    if not tries.left(place):
        return None, _TOO_MANY, 429
    try:
        return certificates.verify(box.catalog(), number, check), None, 200
    except NotFound as error:
        tries.wrong(place)
        return None, error, 200


def _tries() -> Tries:
    """One for the server."""
    kept: Tries = current_app.extensions.setdefault("verify-tries", Tries(ALLOWED, SECONDS))
    return kept
