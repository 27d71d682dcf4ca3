"""证书查验: whoever holds a certificate may ask whether this office issued it."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from appliance.errors import NotFound
from appliance.selection import certificates
from web import box
from web.pages import BY_NAME

page = Blueprint("verify", __name__)


@page.get("/verify")
def show() -> str:
    number, check = request.args.get("number", "")[:60], request.args.get("check", "")[:60]
    found, error = None, None
    if number or check:
        try:
            found = certificates.verify(box.station(), box.catalog(), number, check)
        except NotFound as reason:
            error = reason
    return render_template(BY_NAME["verify"].template, found=found, error=error, number=number, check=check)
