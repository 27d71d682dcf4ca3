"""A stored file, as a browser's player asks for it: by ranges, each answered with one piece.

A film of a gigabyte is watched for minutes. One long answer would keep one of the server's eight threads as long, so
an open range is answered with its first 4 MiB; the player asks for the next when it needs it.
"""

from __future__ import annotations

import re
from pathlib import Path

from flask import Response, request, send_file

PIECE = 4 << 20
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


def answer(path: Path, mimetype: str) -> Response:
    """206 with one piece when a range is asked for, 416 when it lies outside, else the whole file."""
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        response = send_file(path, mimetype=mimetype, conditional=False, etag=False)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    first = int(asked[1])
    if first >= size:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    last = min(int(asked[2]) if asked[2] else size - 1, first + PIECE - 1, size - 1)
    if last < first:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    with path.open("rb") as file:
        file.seek(first)
        body = file.read(last - first + 1)
    headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Accept-Ranges": "bytes"}
    return Response(body, 206, headers, mimetype=mimetype)
