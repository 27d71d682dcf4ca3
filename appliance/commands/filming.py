"""`lessonbox filming list | set NO --day DAY --slot 上午 --place P [--crew C] | cancel NO`: 拍摄安排 and what candidates lack."""

from __future__ import annotations

import argparse

from appliance.catalog import filming
from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.selection import production


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("list", "set", "cancel"))
    parser.add_argument("lesson", type=int, nargs="?", metavar="NO")
    parser.add_argument("--day", default="", help="如 2024-09-20")
    parser.add_argument("--slot", choices=production.SLOTS, default=production.SLOTS[0])
    parser.add_argument("--place", default="")
    parser.add_argument("--crew", default="", help="谁拍")
    parser.add_argument("--note", default="")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog = box.catalog()
    if args.action != "list":
        if args.lesson is None or (args.action == "set" and not args.day):
            raise WrongUse("要写课例号；set 还要写 --day、--place")
        day = args.day if args.action == "set" else ""
        slot = production.Slot(day, args.slot, args.place, args.crew, args.note)
        production.plan(catalog, args.lesson, slot, args.by)
    found = production.candidates(catalog.db, box.edition())
    rows = [
        {"no": one.no, "title": one.identity.title, "lacks": [role for role, _ in one.lacks], "mend": list(one.mend),
         "ready": one.ready}
        for one in found
    ]  # fmt: skip
    days = filming.standing(catalog.db)
    lines = [
        f"第 {one.no} 号：{'齐了' if one.ready else '还缺 ' + '、'.join(role for role, _ in one.lacks)}"
        for one in found
    ]
    lines += [f"{row['day']} {row['slot']} {row['place']}  第 {row['lesson']} 号" for row in days]
    return Answer({"candidates": rows, "filming": days}, "\n".join(lines) or "现在没有初步人选")
