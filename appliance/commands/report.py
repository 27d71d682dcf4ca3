"""`lessonbox report slip NO --out FILE`: papers, as HTML that prints."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from appliance.cli import Answer, station
from appliance.reports.delivery import delivery_view
from appliance.reports.slip import slip
from appliance.station import Station
from appliance.store.files import replacing


def _slip(box: Station, no: int) -> str:
    edition = box.edition()
    view = delivery_view(box.catalog().db, no, edition)
    return slip({**view, "station": box.settings.name, "edition": edition.title})


REPORTS: dict[str, Callable[[Station, int], str]] = {"slip": _slip}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=sorted(REPORTS), help="slip：一次投递的检查通知单")
    parser.add_argument("no", type=int, metavar="NO", help="投递的号")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到这个文件")


def run(args: argparse.Namespace) -> Answer:
    """Raises `NotFound`."""
    paper = REPORTS[args.name](station(args), args.no)
    with replacing(args.out.absolute(), 0o644) as out:
        out.write(paper.encode())
    return Answer({"out": str(args.out), "bytes": len(paper.encode())}, f"已写到 {args.out}")
