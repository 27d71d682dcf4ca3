"""Single materials with a fault, or without one: clips of ten seconds, documents, decks, scans.

Only encoding is dear: `clips.base` gives an encoded clip, made once and cached by its recipe (`made`). What differs
only in sound, container or damage is copied from one that is there (`clips.remux`, `harms`), and so are documents.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
from collections.abc import Callable
from pathlib import Path

from tests.samples import cache

_SOURCES = ("materials/clips.py", "pictures.py", "speech.py", "words.py")


def made(name: str, maker: Callable[[Path], None]) -> Path:
    """`maker(path)` is called when `name` (may hold '/') is not there yet."""
    place = cache.root() / f"materials-{_recipe()}" / name
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f".{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            cache._make(place, maker)
    return place


@functools.cache
def _recipe() -> str:
    samples = Path(__file__).parents[1]
    whole = hashlib.sha256()
    for name in _SOURCES:
        whole.update(name.encode() + b"\0" + (samples / name).read_bytes())
    return whole.hexdigest()[:16]
