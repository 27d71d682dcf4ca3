"""The films and sounds that lie inside a slide deck: in what format they are, and how picture and sound are encoded.

They are read as the archive unpacks them, front to back, and thrown away; nothing is written. Of an MP4 or MOV only
its table of contents is kept; of other formats the first bytes tell enough.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any, BinaryIO

from appliance.probes.container import Box, boxes, looks_like_mp4

_PART = re.compile(r"ppt/media/[^/]+\.(?!png$|jpe?g$|gif$|bmp$|tiff?$|[ew]mf$|svg$|wdp$)\w+", re.IGNORECASE)
_MOST_PARTS = 50
_MOST_BYTES = 2 << 30  # unpacked, all of them together
_MOST_TABLE = 32 << 20
_CHUNK = 1 << 20
_MAGIC = (
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"), (b"\x1a\x45\xdf\xa3", "mkv"), (b"FLV\x01", "flv"),
    (b"\x00\x00\x01\xba", "mpg"), (b"\x00\x00\x01\xb3", "mpg"), (b"ID3", "mp3"), (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"), (b"OggS", "ogg"), (b"fLaC", "flac"), (b"#!AMR", "amr"), (b"MThd", "midi"), (b"CWS", "swf"),
    (b"FWS", "swf"),
)  # fmt: skip
_RIFF = {b"AVI ": "avi", b"WAVE": "wav"}
_CODECS = {
    b"avc1": "H.264", b"avc3": "H.264", b"hvc1": "H.265", b"hev1": "H.265", b"mp4v": "MPEG-4", b"av01": "AV1",
    b"vp09": "VP9", b"mp4a": "AAC", b".mp3": "MP3", b"ac-3": "AC-3", b"alac": "ALAC",
}  # fmt: skip


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"parts": {name: {"format", "video", "audio", "doubt"}}}`; what a film does not tell is left out."""
    parts: dict[str, Any] = {}
    left = _MOST_BYTES
    try:
        with zipfile.ZipFile(file) as archive:
            for info in [one for one in archive.infolist() if _PART.fullmatch(one.filename)][:_MOST_PARTS]:
                left -= info.file_size
                if left < 0:
                    return {"undetermined": "课件里的视频太大，没有读完"}
                with archive.open(info) as film:
                    parts[info.filename] = _film(film)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        ValueError,
        RuntimeError,
        LookupError,
        struct.error,
        zlib.error,
    ):
        return {"undetermined": "课件里的视频读不出来"}
    return {"parts": parts}


def _film(film: zipfile.ZipExtFile | Any) -> dict[str, str]:
    head = film.read(16)
    if looks_like_mp4(head):
        kind = "mov" if head[4:12] == b"ftypqt  " or head[4:8] != b"ftyp" else "mp4"
        table = _table(film, head)
        return {"format": kind, **(_codecs(table) if table else {"doubt": "不完整"})}
    if head[:4] == b"RIFF":
        return {"format": _RIFF.get(head[8:12], "")}
    return {"format": next((name for magic, name in _MAGIC if head.startswith(magic)), "")}


def _table(film: Any, head: bytes) -> bytes | None:
    """The content of `moov`. What comes before it is read past; a size of 0 reaches to the end."""
    while len(head) == 16:
        length, kind = struct.unpack(">I4s", head[:8])
        length = struct.unpack(">Q", head[8:])[0] if length == 1 else length
        if kind == b"moov":
            return head[8:] + film.read(min(max(length - 16, 0), _MOST_TABLE)) if length >= 16 else None
        if length < 8 or not _pass(film, length - 16):
            return None
        head = (head[length:] if length < 16 else b"") + film.read(16 if length >= 16 else length)
    return None


def _pass(film: Any, count: int) -> bool:
    """Reads past `count` bytes; whether they were there."""
    while count > 0:
        chunk = film.read(min(count, _CHUNK))
        if not chunk:
            return False
        count -= len(chunk)
    return True


def _codecs(table: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    file = BytesIO(table)
    for track in boxes(file, 0, len(table)):
        if track.kind == b"trak" and (media := _inside(file, track, b"mdia")):
            handler = _inside(file, media, b"hdlr")
            entry = _inside(file, media, b"minf", b"stbl", b"stsd")
            sort = {b"vide": "video", b"soun": "audio"}.get(_bytes(file, handler, 8))
            code = _bytes(file, entry, 12)
            if sort and code:
                found.setdefault(sort, _CODECS.get(code, code.decode("latin-1").strip()))
    return found


def _inside(file: BinaryIO, box: Box, *path: bytes) -> Box | None:
    for kind in path:
        found = next((one for one in boxes(file, box.start, box.end) if one.kind == kind and one.end <= box.end), None)
        if found is None:
            return None
        box = found
    return box


def _bytes(file: BinaryIO, box: Box | None, at: int) -> bytes:
    """The four bytes at `at` in the box's content."""
    if box is None:
        return b""
    file.seek(box.start + at)
    return file.read(4)
