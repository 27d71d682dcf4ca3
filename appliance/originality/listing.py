"""指纹名单: what one box tells others of its texts and films so that copies are found across years and counties.

One JSON object a line, UTF-8:

    {"format": "lessonbox-originality", "version": 2, "station": "110101", "prints": 2}
    {"label": "110101-12", "kind": "text", "scale": 8, "data": base64}
    …
    {"sha256": of all bytes above}

No content, no title, no name: a label is the county's code and the lesson's number there. Of a text only each eighth
hash goes out, sorted: whole and in their order they could be put together again to sentences, eighths cannot.
Version 1 had no `picture`; it is still read.
Pure: bytes in, values out. Raises `ListRefused` for anything that is not just so.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from appliance.errors import ListRefused
from appliance.originality import picture
from appliance.originality.keys import SPARSE
from appliance.originality.picture import PicturePrint
from appliance.originality.sound import SoundPrint
from appliance.originality.text import MOST, TextPrint

FORMAT, VERSION, _READ = "lessonbox-originality", 2, (1, 2)
TEXT, SOUND, PICTURE = "text", "sound", "picture"
_LABEL = re.compile(r"[0-9A-Za-z]{1,20}-[0-9]{1,9}")
_STATION = re.compile(r"[0-9A-Za-z]{1,20}")
_MOST_DATA = {TEXT: 4 * MOST, SOUND: 1 << 18, PICTURE: picture.ROW * picture.MOST}  # bytes; two hours of sound: 233 KB
_MOST_LINE = (1 << 18) * 4 // 3 + 200
_MOST_PRINTS = 100_000
_MOST_SCALE = 1 << 20


@dataclass(frozen=True)
class Entry:
    label: str
    kind: str
    scale: int
    data: bytes


def outward(print_: TextPrint | SoundPrint | PicturePrint, label: str) -> Entry:
    """What of a print goes out."""
    if isinstance(print_, PicturePrint):
        return Entry(label, PICTURE, 1, print_.data())
    if isinstance(print_, SoundPrint):
        return Entry(label, SOUND, 1, print_.words.tobytes()[: _MOST_DATA[SOUND]])
    scale = max(SPARSE, print_.scale)
    data = b"".join(one.to_bytes(4, "little") for one in sorted(print_.at(scale)))
    return Entry(label, TEXT, scale, data)


def write(out: BinaryIO, station: str, entries: Iterable[Entry], count: int) -> str:
    """Returns the SHA-256 that the last line bears."""
    whole = hashlib.sha256()
    for row in (_head(station, count), *map(_row, entries)):
        line = json.dumps(row).encode() + b"\n"
        whole.update(line)
        out.write(line)
    out.write(json.dumps({"sha256": whole.hexdigest()}).encode() + b"\n")
    return whole.hexdigest()


def _head(station: str, count: int) -> dict[str, Any]:
    return {"format": FORMAT, "version": VERSION, "station": station, "prints": count}


def _row(entry: Entry) -> dict[str, Any]:
    data = base64.b64encode(entry.data).decode()
    return {"label": entry.label, "kind": entry.kind, "scale": entry.scale, "data": data}


@dataclass(frozen=True)
class Listing:
    station: str
    sha256: str
    entries: tuple[Entry, ...]


def read(file: BinaryIO) -> Listing:
    """A list of another box; nothing of it is believed. Raises `ListRefused`."""
    whole, lines = hashlib.sha256(), _lines(file)
    first = next(lines, b"")
    head = _object(first)
    if head.get("format") != FORMAT:
        raise ListRefused("这不是指纹名单")
    if type(head.get("version")) is not int or head["version"] not in _READ:
        raise ListRefused(f"名单的版本是 {str(head.get('version'))[:10]}，这个盒子只认 {VERSION}")
    station, count = head.get("station"), head.get("prints")
    if not isinstance(station, str) or not _STATION.fullmatch(station) or set(head) != {*_head("", 0)}:
        raise ListRefused("名单的第 1 行不对")
    if type(count) is not int or not 0 <= count <= _MOST_PRINTS:
        raise ListRefused(f"名单说有 {str(count)[:20]} 个指纹，最多收 {_MOST_PRINTS} 个")
    whole.update(first)
    entries = []
    for number in range(2, count + 2):
        line = next(lines, b"")
        whole.update(line)
        entries.append(_entry(line, number))
    if _object(next(lines, b"")) != {"sha256": whole.hexdigest()} or next(lines, b""):
        raise ListRefused("名单不完整，或者改动过")
    return Listing(station, whole.hexdigest(), tuple(entries))


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(_MOST_LINE + 1):
        if len(line) > _MOST_LINE:
            raise ListRefused("名单里有一行太长")
        yield line


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ListRefused("名单不完整，或者不是指纹名单") from error
    if not isinstance(row, dict):
        raise ListRefused("名单里有一行不对")
    return row


def _entry(line: bytes, number: int) -> Entry:
    row = _object(line)
    wrong = ListRefused(f"名单的第 {number} 行不对")
    label, kind, scale, data = (row.get(name) for name in ("label", "kind", "scale", "data"))
    if set(row) != {"label", "kind", "scale", "data"} or not isinstance(label, str) or not _LABEL.fullmatch(label):
        raise wrong
    if not isinstance(kind, str) or kind not in _MOST_DATA or not isinstance(data, str) or type(scale) is not int:
        raise wrong
    try:
        raw = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise wrong from error
    if len(raw) > _MOST_DATA[kind] or len(raw) % 4 or not _scaled(kind, scale, raw):
        raise wrong
    return Entry(label, kind, scale, raw)


def _scaled(kind: str, scale: int, raw: bytes) -> bool:
    """A power of two that divides every hash; films have 1, and of their pictures each stands later."""
    if kind == SOUND:
        return scale == 1
    if kind == PICTURE:
        print_ = PicturePrint.of(raw)
        rising = all(before < after for before, after in itertools.pairwise(print_.at))
        return scale == 1 and rising and print_.data() == raw and all(one >> picture.BITS == 0 for one in print_.bits)
    hashes = [int.from_bytes(raw[at : at + 4], "little") for at in range(0, len(raw), 4)]
    power = SPARSE <= scale <= _MOST_SCALE and scale & (scale - 1) == 0
    return power and all(one % scale == 0 for one in hashes) and all(a < b for a, b in itertools.pairwise(hashes))
