"""Beside the bytes, what each delivery was: `store/received/<number>.json`, written once it is received.

The catalog is the truth while it is whole. When it is lost, or only an old backup of it is left, deliveries are written
into it again from here; what people decided since that backup is not here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from appliance.store.files import replacing

_DELIVERY = (
    "no", "receipt", "duplicate_of", "source", "kind", "school", "fingerprint", "received_at", "clock",
)  # fmt: skip
_ENTRY = ("name", "size", "fate", "reason", "sha256")


def write(store: Path, delivery: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> None:
    """`entries`: those that came by themselves; what was in archives is unpacked again."""
    place = _place(store)
    place.mkdir(exist_ok=True)
    told = {name: delivery[name] for name in _DELIVERY}
    told["entries"] = [{name: one[name] for name in _ENTRY} | {"raw": bytes(one["raw"]).hex()} for one in entries]
    with replacing(place / f"{delivery['no']:08d}.json") as out:
        out.write(json.dumps(told, ensure_ascii=False).encode())


def numbers(store: Path) -> set[int]:
    return {int(path.stem) for path in _place(store).glob("*.json") if path.stem.isdecimal()}


def read(store: Path, number: int) -> dict[str, Any] | None:
    """As it was written, names of files as bytes; None when it cannot be read any more."""
    try:
        told = json.loads((_place(store) / f"{number:08d}.json").read_bytes())
        for one in told["entries"]:
            one["raw"] = bytes.fromhex(one["raw"])
        return {name: told[name] for name in (*_DELIVERY, "entries")}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _place(store: Path) -> Path:
    return store / "received"
