"""tus 1.0, the protocol alone: what its headers say, and which answer stands for which refusal.

core, creation, expiration, checksum, termination. A body is one piece of at most PIECE_BYTES; the server collects it
whole before anybody looks, so a piece that breaks off is as if it had never come. An offset is acknowledged when it
is on the disk, synced, and in the catalog.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import email.utils
import functools
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, request

from appliance.errors import BoxError, NotFound, StorageFull, UploadRefused
from appliance.intake.uploads.append import CHECKSUMS, Checksum

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
PIECE_BYTES = 4 * 1024 * 1024
PIECE_TYPE = "application/offset+octet-stream"
_MOST_METADATA = 16 * 1024
_MOST_DIGITS = 15

STATUS = {
    "NAME": 400, "SHORT": 400, "OFFSET": 409, "TOO_MUCH": 413, "QUOTA": 413, "BUSY": 423, "CHECKSUM": 460,
    "VERSION": 412, "TYPE": 415, "HEADER": 400,
}  # fmt: skip


def install(app: Flask, piece_endpoint: str) -> None:
    """Before anything reads a body: only a piece may be longer than a form."""

    @app.before_request
    def pieces_are_long() -> None:
        if request.endpoint == piece_endpoint:
            request.max_content_length = PIECE_BYTES


def speaking(view: Callable[..., Response]) -> Callable[..., Response]:
    """Asks for the version; says refusals as a status and one line of plain words."""

    @functools.wraps(view)
    def answer(**words: Any) -> Response:
        try:
            if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
                raise UploadRefused("盒子只懂 tus 1.0.0", code="VERSION")
            response = view(**words)
        except UploadRefused as error:
            response = _refusal(STATUS[error.code], error)
        except NotFound as error:
            response = _refusal(404, error)
        except StorageFull as error:
            response = _refusal(507, error)
        response.headers["Tus-Resumable"] = VERSION
        if response.status_code == 412:
            response.headers["Tus-Version"] = VERSION
        return response

    return answer


def _refusal(status: int, error: BoxError) -> Response:
    return Response(str(error), status, mimetype="text/plain")


def options(most: int) -> Response:
    return Response(status=204, headers={
        "Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(most),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    })  # fmt: skip


def number(name: str) -> int:
    """A header that must be a whole number. Raises `UploadRefused`."""
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise UploadRefused(f"{name} 不是一个数", code="HEADER")
    return int(text)


def metadata() -> Mapping[str, str]:
    """Upload-Metadata: pairs of a key and base64 of UTF-8. Raises `UploadRefused`."""
    text = request.headers.get("Upload-Metadata", "")
    if len(text) > _MOST_METADATA:
        raise UploadRefused("文件名太长", code="NAME", remedy="请改短后再传")
    try:
        pairs = [pair.strip().partition(" ") for pair in text.split(",") if pair.strip()]
        return {key: base64.b64decode(value, validate=True).decode() for key, _, value in pairs}
    except (binascii.Error, UnicodeDecodeError) as error:
        raise UploadRefused("读不懂 Upload-Metadata", code="HEADER") from error


def checksum() -> Checksum | None:
    """Upload-Checksum. Raises `UploadRefused`; an algorithm that we do not know is a bad request."""
    if (text := request.headers.get("Upload-Checksum")) is None:
        return None
    algorithm, _, value = text.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise UploadRefused("读不懂 Upload-Checksum", code="HEADER") from error
    if algorithm not in CHECKSUMS:
        raise UploadRefused(f"不认识校验方法 {algorithm[:20]}", code="HEADER")
    return Checksum(algorithm, digest)


def piece_length() -> int:
    """Of the body. Raises `UploadRefused`."""
    if request.mimetype != PIECE_TYPE:
        raise UploadRefused(f"Content-Type 应当是 {PIECE_TYPE}", code="TYPE")
    return number("Content-Length")


def expires(hours: float) -> str:
    """When an unfinished upload that rests from now on would be given up, as HTTP writes a time."""
    return email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours), usegmt=True)
