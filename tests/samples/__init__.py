"""Real lesson material, made once and cached, never committed.

1. `make(kind)` gives a lesson folder: true-length H.264 with a Mandarin voice and a title card, docx and pptx in
   the layouts that teachers use, or one of the ways in which they go wrong (`KINDS`).
2. `lay(kind, place)` copies it as a school would put it on a stick: `place/school/lesson/…`.
3. `python -m tests.samples DIR [KIND…]` does that for people.

What `make` returns is shared: copy before changing anything.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.samples.cache import built
from tests.samples.kinds import KINDS, Kind

SIZES = ("small", "full")

__all__ = ["KINDS", "SIZES", "Kind", "lay", "make"]


def make(kind: str, size: str = "small") -> Path:
    """The cached lesson folder. `small` ≈ 25–60 MB a micro-lesson; `full` is 8 Mbps, 623 MB for `good`."""
    if size not in SIZES:
        raise ValueError(size)
    row = KINDS[kind]

    def fill(place: Path) -> None:
        row.build(row.words, place / row.words.school / row.words.folder, size)

    return built(f"{size}/{kind}", fill) / row.words.school / row.words.folder


def lay(kind: str, place: Path, size: str = "small") -> Path:
    """Copy `kind` to `place/school/lesson`; returns that folder. Plain copies: a test may harm them."""
    lesson = make(kind, size)
    there = place / lesson.parent.name / lesson.name
    shutil.copytree(lesson, there, copy_function=shutil.copyfile, dirs_exist_ok=True)
    return there
