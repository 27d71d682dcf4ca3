"""What a bundle may look like, beyond BagIt: pure functions over names and texts, one code for each violation.

Names must survive FAT32, Windows, macOS and a shell; a manifest must read the same for `sha256sum`, for
`bagit.py` and for us (RFC 8493; RFC 3629 for what UTF-8 is).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

BAGIT_TXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAG_FILES = ("bag-info.txt", "bagit.txt", "chain.json", "manifest-sha256.txt", "submission.json")
TAG_MANIFEST, SIGNATURE = "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"
ROOT_FILES = frozenset((*TAG_FILES, TAG_MANIFEST, SIGNATURE))

LONGEST_NAME = 200  # UTF-8 bytes of one path; leaves room for the folders around it on every file system
DEEPEST = 6
MOST_FILES = 2000
LARGEST_TAG = 4 << 20
LARGEST_FILE = 20 << 30
LARGEST_BUNDLE = 40 << 30

_FORBIDDEN = re.compile(r'[%\\:*?"<>|\x00-\x1f\x7f-\x9f]')
_LINE = re.compile(r"([0-9a-f]{64})  (.+)\Z")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\Z)", re.IGNORECASE)


class Violation(ValueError):
    def __init__(self, code: str, path: str = "") -> None:
        self.code, self.path = code, path
        super().__init__(code)


def name_problem(path: str) -> str | None:
    """The code of the first thing wrong with a path inside a bundle (`/`-separated), or None."""
    parts = path.split("/")
    if path.startswith("/") or any(part in ("", ".", "..") for part in parts) or len(parts) > DEEPEST:
        return "NAME-PATH"
    if any(0xD800 <= ord(char) <= 0xDFFF for char in path):
        return "NAME-ENCODING"
    if _FORBIDDEN.search(path) or any(unicodedata.category(char) in ("Cf", "Zl", "Zp") for char in path):
        return "NAME-CHAR"
    if any(part[-1] in ". " for part in parts) or any(_DEVICES.match(part) for part in parts):
        return "NAME-END"
    if unicodedata.normalize("NFC", path) != path:
        return "NAME-NFC"
    if len(path.encode()) > LONGEST_NAME:
        return "NAME-LONG"
    return None


def case_clashes(paths: Iterable[str]) -> list[str]:
    """Paths, folders included, that are one file where case does not count (FAT32, Windows, macOS)."""
    seen: dict[str, str] = {}
    clashing = []
    for path in sorted(set(_with_folders(paths))):
        if seen.setdefault(path.casefold(), path) != path:
            clashing.append(path)
    return clashing


def _with_folders(paths: Iterable[str]) -> Iterable[str]:
    for path in paths:
        parts = path.split("/")
        yield from ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def manifest(data: bytes) -> dict[str, str]:
    """{path: hash} of a manifest as `sha256sum` writes it. Raises `Violation`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Violation("MANIFEST") from error
    if "\r" in text or not text.endswith("\n"):
        raise Violation("MANIFEST")
    entries: dict[str, str] = {}
    for line in text[:-1].split("\n"):
        found = _LINE.match(line)
        if found is None:
            raise Violation("MANIFEST")
        digest, path = found.groups()
        if path in entries:
            raise Violation("DUPLICATE", path)
        entries[path] = digest
    return entries


def manifest_written(entries: Iterable[tuple[str, str]]) -> bytes:
    """`entries`: (path, hash)."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(entries)).encode()


def oxum(bag_info: bytes) -> tuple[int, int]:
    """(bytes, files) of `Payload-Oxum`. Raises `Violation`."""
    found = re.findall(rb"^Payload-Oxum: ([0-9]{1,15})\.([0-9]{1,6})$", bag_info, re.MULTILINE)
    if len(found) != 1:
        raise Violation("BAG-INFO", "bag-info.txt")
    return int(found[0][0]), int(found[0][1])
