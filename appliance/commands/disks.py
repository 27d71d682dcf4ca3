"""`lessonbox disks`: asks each disk how it is, and leaves the answers for the 体检. As root, by a timer: nobody else may
ask, and the pages reach no device."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from appliance.box.body import disks
from appliance.cli import Answer, station
from appliance.store.files import replacing

_SECONDS = 60
_BLOCK = Path("/sys/block")


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> Answer:
    home = station(args).home
    found = {name: told for name in _names() if (told := _asked(name))}
    with replacing(home / disks.NOTE) as out:
        out.write(json.dumps(found).encode())
    lines = [says for _, says in (disks.judged(name, told) for name, told in found.items())]
    return Answer({"disks": [*found]}, "\n".join(lines) or "没有一块盘说自己怎样")


def _names() -> list[str]:
    """Disks that are built in; sticks are other people's."""
    places = [place for place in sorted(_BLOCK.glob("*")) if place.name.startswith(("sd", "nvme"))]
    return [place.name for place in places if (place / "removable").read_text().strip() == "0"]


def _asked(name: str) -> dict[str, Any]:
    if not shutil.which("smartctl", path="/usr/sbin:/usr/bin"):
        return {}
    command = ["/usr/sbin/smartctl", "--json", "--all", "--nocheck=standby", f"/dev/{name}"]
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return {}
    return told if isinstance(told, dict) and "smart_status" in told else {}
