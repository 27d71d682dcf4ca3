"""`lessonbox school list|code|revoke|allow NAME`: the codes by which schools hand in themselves. `code` makes a new
one and shows it, once; the earlier one ends."""

from __future__ import annotations

import argparse

from appliance import journal, school_codes
from appliance.catalog import school_codes as codes
from appliance.cli import Answer, station
from appliance.errors import WrongUse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["list", "code", "revoke", "allow"])
    parser.add_argument("schools", nargs="*", metavar="学校", help="学校名称，可以几所")
    parser.add_argument("--gb", type=float, help="allow：网页上最多交多少 GB；不写就按站点的设置")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog = box.catalog()
    if args.action == "list":
        rows = [
            {name: row[name] for name in ("id", "school", "revoked", "used", "bytes", "waiting")}
            for row in codes.everyone(catalog.db)
        ]
        text = "\n".join(f"{row['id']}  {row['school']}{'  已作废' if row['revoked'] else ''}" for row in rows)
        return Answer({"schools": rows}, text or "还没有做过交件码")
    if not args.schools:
        raise WrongUse("没有写学校名称")
    if args.action == "code":
        made = [school_codes.make(box, catalog, school, "命令行") for school in args.schools]
        text = "\n".join(f"{each.school}  {each.code}" for each in made)
        return Answer({"codes": [vars(each) for each in made]}, text)
    if args.action == "revoke":
        for school in args.schools:
            school_codes.revoke(box, catalog, school, "命令行")
        return Answer({"schools": args.schools, "action": args.action}, "完成")
    limit = None if args.gb is None else int(args.gb * 1e9)
    with catalog.writing() as db:
        for school in args.schools:
            codes.allow_bytes(db, school, limit)
            journal.append(db, "school-code.allow", f"school/{school}", {"bytes": limit}, actor="命令行")
    return Answer({"schools": args.schools, "action": args.action}, "完成")
