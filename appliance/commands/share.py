"""`lessonbox share config|serve`: the share for the schools. `serve` becomes smbd, as root, under a unit or by hand."""

from __future__ import annotations

import argparse

from appliance.cli import Answer, station
from appliance.share import server


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["config", "serve"])


def run(args: argparse.Namespace) -> Answer:
    """Raises `SettingsWrong`."""
    box = station(args)
    catalog = box.catalog()
    if args.action == "serve":
        server.serve(box, catalog.db)
    path = server.settle(box, catalog.db)
    return Answer({"config": str(path)}, f"已写好 {path}")
