"""A stored file, as a browser's player asks for it: by ranges, each answered with one piece; or whole, to take along.

A film of a gigabyte is watched for minutes. One long answer would keep one of the server's eight threads as long, so
an open range is answered with its first 4 MiB; the player asks for the next when it needs it. A whole file is handed
to the server as a file: its main loop sends it, no thread waits for a slow reader. How many go out at once is limited
all the same, since each holds a connection and pulls on the disk.
"""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path
from typing import Any

from flask import Response, current_app, request, send_file

from appliance.errors import NotAllowed

PIECE = 4 << 20
WHOLE_AT_ONCE = 16  # of the 100 connections that the server keeps
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


def answer(path: Path, mimetype: str) -> Response:
    """206 with one piece when a range is asked for, 416 when it lies outside, else the whole file."""
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        response = whole(path, mimetype=mimetype)
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


def whole(path: Path, **how: Any) -> Response:
    """`how`: as `send_file` takes it. Raises `NotAllowed` while too many are going out."""
    going: threading.Semaphore = current_app.extensions.setdefault("whole", threading.Semaphore(WHOLE_AT_ONCE))
    file = _Lent(path, "rb")
    if not going.acquire(blocking=False):
        file.close()
        raise NotAllowed("现在同时取文件的人太多", effect="没有取", remedy="请过一会儿再取")
    file.going = going
    response = send_file(file, conditional=False, etag=False, **how)
    response.content_length = path.stat().st_size
    return response


class _Lent(io.FileIO):
    """A file that says when the server has done with it, sent or broken off."""

    going: threading.Semaphore | None = None

    def close(self) -> None:
        super().close()
        going, self.going = self.going, None
        if going:
            going.release()
