"""加密访问: what a tablet must be told once so that it trusts the box, and what that gains and costs."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization
from flask import Blueprint, Response, abort, render_template, request

from web import box, lan
from web.pages import BY_NAME
from web.pages.packer import handed
from web.tls import certificates, keeping

page = Blueprint("https", __name__)


@page.get("/https")
def show() -> str:
    station = box.station()
    on = keeping.is_made(station) and station.settings.https_port > 0
    host = lan.split(lan.for_others(request.host, lan.addresses()) or request.host)[0]
    return render_template(
        BY_NAME["https"].template, on=on,
        fingerprint=certificates.fingerprint(keeping.authority(station)) if on else "",
        address=f"https://{host}:{station.settings.https_port}/" if on else "",
    )  # fmt: skip


@page.get("/https/authority")
def authority() -> Response:
    """The public part; its key never leaves the box."""
    if not keeping.is_made(box.station()):
        abort(404)
    data = keeping.authority(box.station()).public_bytes(serialization.Encoding.DER)
    return handed(data, "课匣根证书.crt", "application/x-x509-ca-cert")
