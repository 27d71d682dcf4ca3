"""`python -m appliance.intake.archives.child FORMAT CPU_SECONDS < ARCHIVE`: fences itself in and writes the members to
standard output, as frames: one letter, a length of four bytes, so many bytes.

M a member begins (JSON), D bytes of it, E it ended, X refused (a key of `frames.SAYS`), Z the archive ended.
"""

from __future__ import annotations

import json
import os
import re
import struct
import sys

from appliance.intake.archives.libarchive import Header, Reading, Unreadable, load
from appliance.probes.fence import Bounds, put_up

MEMORY = 512 << 20
FRAME = struct.Struct(">cI")
_WHY = (  # libarchive's words, and what they mean to us
    (re.compile(r"encrypt|passphrase|password", re.IGNORECASE), "password"),
    (re.compile(r"allocate|memory", re.IGNORECASE), "memory"),
    (re.compile(r"volume", re.IGNORECASE), "parts"),
    (re.compile(r"unsupported|not supported|unknown (compression|filter)|ppmd", re.IGNORECASE), "method"),
)


def main(argv: list[str]) -> int:
    name, cpu = argv
    lib = load()
    put_up(Bounds(MEMORY, int(cpu), 0))
    try:
        reading = Reading(lib, 0, name)
        for header in reading.members():
            _member(reading, header)
    except Unreadable as error:
        _frame(b"X", _why(str(error)).encode())
    except MemoryError:
        _frame(b"X", b"memory")
    else:
        _frame(b"Z")
    return 0


def _member(reading: Reading, header: Header) -> None:
    told = {"raw": header.raw.hex(), "kind": header.kind, "size": header.size, "encrypted": header.encrypted}
    _frame(b"M", json.dumps(told).encode())
    if header.kind == "file" and not header.encrypted:
        for piece in reading.data():
            _frame(b"D", piece)
    _frame(b"E")


def _why(said: str) -> str:
    return next((key for pattern, key in _WHY if pattern.search(said)), "damaged")


def _frame(letter: bytes, content: bytes = b"") -> None:
    data = FRAME.pack(letter, len(content)) + content
    while data:
        data = data[os.write(1, data) :]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
