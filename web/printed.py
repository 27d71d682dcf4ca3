"""Papers that carry their own style: that very text, by its hash, is all that the policy lets in."""

from __future__ import annotations

import base64
import hashlib

from flask import Response, make_response

from appliance.errors import NotAllowed
from web import own_screen, security


def answer(html: str) -> Response:
    """Raises `NotAllowed` on the box's own screen: it cannot print, and a paper has no menu that leads back."""
    if own_screen.is_own():
        raise NotAllowed("盒子的屏幕上打不了 A4", remedy="请在办公室的电脑上打开这一页")
    response = make_response(html)
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    response.headers["Content-Security-Policy"] = f"{security.POLICY}; style-src 'sha256-{digest}'"
    return response
