"""What sort of file is it, by its first bytes. The name is not believed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from appliance.probes.container import looks_like_mp4, regular


@dataclass(frozen=True)
class Sort:
    """`look`: which of the child's looks goes on from here."""

    kind: str
    type: str
    look: str


_MAGIC = (
    (b"PK\x03\x04", Sort("zip", "zip", "office")),
    (b"PK\x05\x06", Sort("zip", "zip", "office")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sort("ole", "ole", "ole")),
    (b"\x89PNG\r\n\x1a\n", Sort("image", "png", "image")),
    (b"\xff\xd8\xff", Sort("image", "jpg", "image")),
    (b"GIF87a", Sort("image", "gif", "image")),
    (b"GIF89a", Sort("image", "gif", "image")),
    (b"II*\x00", Sort("image", "tif", "image")),
    (b"MM\x00*", Sort("image", "tif", "image")),
    (b"\x1a\x45\xdf\xa3", Sort("video", "mkv", "video")),
    (b"FLV\x01", Sort("video", "flv", "video")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Sort("video", "wmv", "video")),
    (b"\x00\x00\x01\xba", Sort("video", "mpg", "video")),
    (b"\x00\x00\x01\xb3", Sort("video", "mpg", "video")),
)
_STILL_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def sort_of(path: Path) -> Sort:
    """Raises `OSError` for what is no regular file."""
    with regular(path) as (file, _):
        head = file.read(1024)
    if b"%PDF-" in head:  # readers accept it anywhere in the first kilobyte
        return Sort("pdf", "pdf", "pdf")
    for magic, sort in _MAGIC:
        if head.startswith(magic):
            return sort
    if looks_like_mp4(head):
        return _mp4(head)
    if head[:4] == b"RIFF":
        return {b"AVI ": Sort("video", "avi", "video"), b"WEBP": Sort("image", "webp", "image")}.get(
            head[8:12], _UNKNOWN
        )
    if head[:2] == b"BM" and len(head) >= 26:
        return Sort("image", "bmp", "image")
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return Sort("video", "ts", "video")
    return _UNKNOWN


def _mp4(head: bytes) -> Sort:
    brand = head[8:12] if head[4:8] == b"ftyp" else b"qt  "
    if brand in _STILL_BRANDS:
        return Sort("image", "heic", "image")
    return Sort("video", "mov" if brand == b"qt  " else "mp4", "video")


_UNKNOWN = Sort("unknown", "", "")
