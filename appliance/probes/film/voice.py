"""The print of a film's sound (G8): chromaprint's words, as Debian's ffmpeg computes them from the first sound track.

Nothing that was said can be heard from it.
"""

from __future__ import annotations

import base64
import subprocess
from typing import Any, BinaryIO

_MOST = 1 << 20  # bytes, nine hours: in base64 below what an answer may hold


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"words": base64 of little-endian 32-bit words, "count"}`, or `{"undetermined": why}`."""
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-protocol_whitelist", "file",
        "-i", f"file:/proc/self/fd/{file.fileno()}", "-map", "0:a:0", "-vn", "-sn", "-dn", "-threads", "1",
        "-f", "chromaprint", "-fp_format", "raw", "pipe:1",
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        pass_fds=(file.fileno(),),
    ) as player:  # fmt: skip
        assert player.stdout is not None
        words = player.stdout.read(_MOST + 1)
        player.stdout.close()
    if len(words) > _MOST:
        return {"undetermined": "声音太长，没有听完"}
    if player.returncode:
        return {"undetermined": "声音解不出来，没有做成指纹"}
    return {"words": base64.b64encode(words).decode(), "count": len(words) // 4}
