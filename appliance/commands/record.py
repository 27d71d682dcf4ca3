"""`lessonbox record NO [KIND VALUE [--note TEXT] --by USER]`: 登记 of a lesson; without a kind, what is written down."""

from __future__ import annotations

import argparse

from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.selection import records


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", type=int, metavar="NO")
    parser.add_argument("kind", nargs="?", default="")
    parser.add_argument("value", nargs="?", default="")
    parser.add_argument("--note", default="", help="时间、文号等")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog, edition = box.catalog(), box.edition()
    if args.kind and not args.value:
        raise WrongUse("没有写登记什么")
    if args.kind:
        records.write_down(catalog, edition, args.no, args.kind, args.value, args.note, args.by)
    found = records.told(catalog, args.no, edition)
    data = [{"kind": kind.kind, "title": kind.title, "value": row["value"] if row else None} for kind, row in found]
    return Answer({"no": args.no, "records": data}, "\n".join(records.said(found)))
