"""One spelling of JSON, so that the same facts are the same bytes, and a strict reader of what others wrote."""

from __future__ import annotations

import json
from typing import Any


def written(document: Any) -> bytes:
    """Sorted keys, one space after nothing, UTF-8, a newline at the end."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def pretty(document: Any) -> bytes:
    """The same facts for a person's eyes; also one spelling only."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


class DuplicateKey(ValueError):
    """Two readers of such a file could see two different documents."""


def read(data: bytes) -> dict[str, Any]:
    """Raises `DuplicateKey`, `ValueError` (no JSON, no object, not UTF-8, nested too deep, NaN)."""
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(document, dict):
        raise ValueError("not an object")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise DuplicateKey("duplicate key")
    return result


def _no_constant(name: str) -> None:
    raise ValueError(name)
