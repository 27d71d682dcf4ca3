"""学校打包器: what it is for, and the file itself, to be kept. It is never run as a page of the box."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, render_template

from appliance import packer
from web import box
from web.pages import BY_NAME

page = Blueprint("packer", __name__)


@page.get("/packer")
def show() -> str:
    return render_template(BY_NAME["packer"].template, edition=box.edition())


@page.get("/packer/file")
def file() -> Response:
    return handed(packer.page(box.edition()).encode(), packer.NAME, "application/octet-stream")


def handed(data: bytes, name: str, kind: str) -> Response:
    """As a file to keep, under its Chinese name."""
    answer = Response(data, mimetype=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer
