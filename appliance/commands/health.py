"""`lessonbox health`: are the parts of the box at work? Quick, reads two files and one row. `--wait`: until they are,
or so many seconds; a new slot is kept only when they are."""

from __future__ import annotations

import argparse
import time
from typing import Any

from appliance import heartbeat
from appliance.catalog import lessons
from appliance.cli import Answer, station
from appliance.errors import BoxError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="最多等多少秒，等到都在工作")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    deadline = time.monotonic() + args.wait
    while not all((parts := heartbeat.read(box.folder("run")))[part]["alive"] for part in heartbeat.PARTS):
        if time.monotonic() >= deadline:
            break
        time.sleep(0.5)
    data: dict[str, Any] = {
        "ok": all(part["alive"] for part in parts.values()), "parts": parts,
        "lessons": lessons.count(box.catalog().db), "free_bytes": box.store().room(),
    }  # fmt: skip
    lines = [f"{heartbeat.PARTS[name]}：{'在工作' if part['alive'] else '没有在工作'}" for name, part in parts.items()]
    lines.append(f"还能收 {data['free_bytes'] / 1e9:.1f} GB")
    return Answer(data, "\n".join(lines), 0 if data["ok"] else BoxError.exit_code)
