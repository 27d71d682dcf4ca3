"""`lessonbox backup [--out FILE]`: a consistent copy of the catalog while the box works."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance import backup
from appliance.cli import Answer, station


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    target, entries = (args.out, backup.copy_to(box, args.out)) if args.out else backup.make(box)
    return Answer({"backup": str(target), "entries": entries, "bytes": target.stat().st_size}, f"已备份到 {target}")
