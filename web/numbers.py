"""Whole numbers out of forms."""

from __future__ import annotations

from collections.abc import Iterable

from appliance.errors import WrongUse


def whole(text: str) -> int:
    """Raises `WrongUse`."""
    if not _is(text):
        raise WrongUse("要写整数", remedy="请改了再试")
    return int(text)


def numbers(texts: Iterable[str]) -> list[int]:
    """What is no number is passed over: a form of ours sends none."""
    return [int(text) for text in texts if _is(text)]


def _is(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
