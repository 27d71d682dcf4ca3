"""Small files of the kernel, read as text or as a number; None when they are not there or not readable."""

from __future__ import annotations

from pathlib import Path


def text(path: Path) -> str | None:
    try:
        return path.read_text(errors="replace").strip("\0\n ")
    except OSError:
        return None


def number(path: Path, base: int = 10) -> int | None:
    try:
        return int(text(path) or "", base)
    except ValueError:
        return None
