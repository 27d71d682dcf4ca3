"""Names that strangers gave, for people to read: what cannot be seen is written out, so that nothing can reorder
a line (RTL override), break it or hide in it."""

from __future__ import annotations

import unicodedata


def shown(name: str) -> str:
    """`教案<U+202E>4pm.exe` for a name with a right-to-left override."""
    return "".join(f"<U+{ord(char):04X}>" if _unseen(char) else char for char in name)


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
