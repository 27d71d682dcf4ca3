"""`lessonbox assign NO --role R --period N MATERIAL`: a person says what a file is; it is checked again."""

from __future__ import annotations

import argparse

from appliance import journal, pipeline
from appliance.catalog import lessons, mending
from appliance.cli import Answer, station
from appliance.errors import WrongUse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", type=int, metavar="NO")
    parser.add_argument("material", metavar="MATERIAL", help="材料的文件名")
    parser.add_argument("--role", required=True)
    parser.add_argument("--period", type=int, default=1)
    parser.add_argument("--by", default="命令行")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    roles = box.edition().roles
    if args.role not in roles:
        raise WrongUse(f"没有这种材料：{args.role}。可以是 {'、'.join(roles)}")
    catalog = box.catalog()
    with catalog.writing() as db:
        mending.assign(db, args.no, args.material, args.role, args.period)
        mending.queue_check(db, args.no)
        data = {"material": args.material, "role": args.role, "period": args.period}
        journal.append(db, "assign", f"lesson/{args.no}", data, actor=args.by)
    while pipeline.run_once(box, catalog):
        pass
    lesson = lessons.by_no(catalog.db, args.no)
    return Answer(
        data | {"no": args.no, "verdict": lesson.verdict, "state": lesson.state},
        f"已把 {args.material} 定为{roles[args.role]}",
    )
