"""Given names: kept as the bytes that came, shown as the text they most likely are."""

from __future__ import annotations

import unicodedata


def guess(raw: bytes) -> tuple[str, bool]:
    """(text, sure): strict UTF-8, then strict GB18030 (Windows), then CP437, which fits anything (H4)."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return composed(raw.decode(encoding)), True
        except UnicodeDecodeError:
            continue
    return composed(raw.decode("cp437")), False


def shown(raw: bytes) -> str:
    """A path on a disk, for people; two different names may look the same, so nothing is ever opened by this.
    Each part by itself: one broken file name must not make another folder of the folder above it."""
    return "/".join(guess(part)[0] for part in raw.split(b"/"))


def composed(text: str) -> str:
    """Macs write é as two characters; the same name from Windows is one."""
    return unicodedata.normalize("NFC", text)
