"""Made once, kept by recipe: `built(name, maker)` returns the finished path, whoever made it.

The cache folder carries the hash of the recipe's sources, so a changed recipe never meets old results. A
thing is made beside its place and renamed in, under a file lock: parallel test workers wait for each other
instead of encoding the same minute twice, and a killed worker leaves no half sample.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

MEDIA_SOURCES = ("cache.py", "pictures.py", "speech.py", "video.py")


def root() -> Path:
    """$LESSONBOX_SAMPLES, else a folder of the user's cache."""
    given = os.environ.get("LESSONBOX_SAMPLES")
    return Path(given) if given else Path.home() / ".cache" / "lessonbox-samples"


@functools.cache
def recipe_hash(media_only: bool) -> str:
    """Hash of the sources that decide the bytes: a changed docx recipe does not re-encode the videos."""
    here = Path(__file__).parent
    names = MEDIA_SOURCES if media_only else tuple(sorted(_recipes(here)))
    whole = hashlib.sha256()
    for name in names:
        whole.update(name.encode() + b"\0" + (here / name).read_bytes())
    return whole.hexdigest()[:16]


def _recipes(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.py") if not path.name.startswith(("test_", "__main__"))]


def built(name: str, maker: Callable[[Path], None], *, media: bool = False) -> Path:
    """Path of `name` (may hold '/'), made by `maker(path)` when it is not there yet."""
    place = root() / f"{'media' if media else 'lessons'}-{recipe_hash(media)}" / name
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f".{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            _make(place, maker)
    return place


def _make(place: Path, maker: Callable[[Path], None]) -> None:
    workshop = Path(tempfile.mkdtemp(prefix=".making-", dir=place.parent))
    try:
        # The maker sees the final name: ffmpeg and python-docx judge by the ending.
        maker(workshop / place.name)
        (workshop / place.name).rename(place)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
