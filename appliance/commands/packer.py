"""`lessonbox packer --out FILE`: the packer for the schools, to hand out on a stick; by the rules in force at the
station, local ones included, or by those of an edition, which needs no station."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance import packer
from appliance.cli import Answer, station
from appliance.rules.load import load
from appliance.store.files import replacing


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edition", nargs="?", help="年度规则（默认用本站点的，连同地方规则）")
    parser.add_argument(
        "--out", type=Path, default=Path(packer.NAME), metavar="FILE", help="写到这个文件（默认 %(default)s）"
    )


def run(args: argparse.Namespace) -> Answer:
    """Raises `NotFound`, `EditionWrong`, `NotAStation`."""
    edition = load(args.edition) if args.edition else station(args).edition()
    html = packer.page(edition).encode()
    with replacing(args.out.absolute(), 0o644) as out:
        out.write(html)
    return Answer({"out": str(args.out), "bytes": len(html)}, f"已写到 {args.out}")
