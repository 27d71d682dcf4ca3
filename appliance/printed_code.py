"""Codes that are printed on paper and typed again: `12-K7QM-4HXP-9TWD`. The number names whose it is, the rest is
the secret: 59 bits by chance, in letters of which none looks like another."""

from __future__ import annotations

import re
import secrets
import unicodedata

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 3, 4
_TYPED = re.compile(rf"([0-9]{{1,9}})([{_LETTERS}]{{{_GROUPS * _GROUP}}})")


def fresh() -> str:
    """A secret, in groups."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def plain(secret: str) -> str:
    """The secret as it is hashed and compared."""
    return secret.replace("-", "")


def parts(typed: str) -> tuple[int, str]:
    """(number, plain secret) however the groups were set apart; (0, "") when it is no code."""
    folded = unicodedata.normalize("NFKC", typed[:80]).upper()  # full-width letters of a Chinese keyboard
    found = _TYPED.fullmatch("".join(each for each in folded if each.isalnum()))
    return (int(found[1]), found[2]) if found else (0, "")
