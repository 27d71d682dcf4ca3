"""What every request and answer obeys: a Host of ours, no foreign asset, nothing kept in caches (H13)."""

from __future__ import annotations

import ipaddress
import socket

from flask import Flask, Response, abort, request

from appliance.reports.county_workbook import MOST_BYTES as TEMPLATE_BYTES
from appliance.roster.imports import MOST_BYTES
from appliance.selection.paper import MOST_BYTES as SHEET_BYTES
from appliance.selection.scans import MOST_BYTES as SCAN_BYTES

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


LARGER_FORMS = {
    "roster.bring": MOST_BYTES + 100_000,
    "going_up.template": TEMPLATE_BYTES + 100_000,
    "papers.enter": SHEET_BYTES + 100_000,
    "scans.bring": SCAN_BYTES + 100_000,
}  # bytes; files come in few forms


def install(app: Flask) -> None:
    own = {"localhost", socket.gethostname().lower(), app.extensions["station"].settings.name.lower()}

    @app.before_request
    def known_host() -> None:
        """A page elsewhere may point its own name at our address (DNS rebinding): then Host is that name."""
        if not trusted(request.headers.get("Host", ""), own):
            abort(400, "这个地址不是盒子的地址")

    @app.before_request
    def larger_forms() -> None:
        """Before the token of the form is looked for, which reads the form."""
        request.max_content_length = LARGER_FORMS.get(request.endpoint or "", app.config["MAX_CONTENT_LENGTH"])

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response


def trusted(host: str, own: set[str]) -> bool:
    """IP addresses, this machine's names, and names that only a local network has."""
    name = host.lower()
    if name.startswith("["):
        name, _, port = name[1:].partition("]")
        port = port.removeprefix(":")
    else:
        name, _, port = name.partition(":")
    if port and not port.isdecimal():
        return False
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return name in own or (name.endswith((".lan", ".local")) and "/" not in name)
