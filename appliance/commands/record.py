"""`lessonbox record NO [KIND [VALUE] [--note TEXT] [--scan FILE] --by USER]`: 登记 of a lesson; without a kind, what is written down."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance.catalog import scans as stamped
from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.selection import records, scans


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", type=int, metavar="NO")
    parser.add_argument("kind", nargs="?", default="")
    parser.add_argument("value", nargs="?", default="")
    parser.add_argument("--note", default="", help="时间、文号等")
    parser.add_argument("--scan", type=Path, metavar="FILE", help="扫描件，放在这一项登记旁边；可以不写内容")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog, edition = box.catalog(), box.edition()
    if args.kind and not (args.value or args.scan):
        raise WrongUse("没有写登记什么")
    if args.scan:
        data = args.scan.read_bytes()
        scans.bring(catalog, box.scans(), edition, args.no, args.kind, data, args.scan.name, args.by)
    if args.value:
        records.write_down(catalog, edition, args.no, args.kind, args.value, args.note, args.by)
    found = records.told(catalog.db, args.no, edition)
    there = stamped.of_lesson(catalog.db, args.no)
    rows = [
        {"kind": kind.kind, "title": kind.title, "value": row["value"] if row else None,
         "scan": there[kind.kind][0]["sha256"] if kind.kind in there else None}
        for kind, row in found
    ]  # fmt: skip
    return Answer({"no": args.no, "records": rows}, "\n".join(records.said(found)))
