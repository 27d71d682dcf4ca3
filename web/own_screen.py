"""The box's own screen: a browser on this very machine that has once opened 待机, where the kiosk starts.

Only it gets the keyboard in the page and the rest after a while: a laptop has a keyboard, and its owner goes home.
"""

from __future__ import annotations

import ipaddress

from flask import Flask, Response, request

COOKIE = "own-screen"
START = "/screen"
_YEAR = 366 * 24 * 3600


def install(app: Flask) -> None:
    @app.context_processor
    def everywhere() -> dict[str, bool]:
        return {"own_screen": is_own()}

    @app.after_request
    def remember(response: Response) -> Response:
        """Also when 待机 leads on to the first setup: that is typed on the screen too."""
        if request.path == START and on_this_machine():
            response.set_cookie(COOKIE, "1", max_age=_YEAR, httponly=True, samesite="Lax")
        return response


def is_own() -> bool:
    return (request.path == START or request.cookies.get(COOKIE) == "1") and on_this_machine()


def on_this_machine() -> bool:
    """By the address that the connection came from; what a proxy says of others does not count."""
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
