"""Small notes between the parts of the box: one JSON object a file, replaced whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appliance.store.files import replacing


def read(path: Path) -> dict[str, Any]:
    """{} when it is not there, or not readable as one."""
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def write(path: Path, told: Mapping[str, Any], mode: int = 0o640) -> None:
    with replacing(path, mode) as out:
        out.write(json.dumps(told, ensure_ascii=False).encode())
