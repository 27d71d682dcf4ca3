"""`lessonbox publicity open NO… --title T --contact C [--days N] [--from DAY] | list | show LIST | object LIST --who W
--says TEXT [--lesson NO] | answer OBJECTION --outcome O --says TEXT | close LIST [--note TEXT]`: 公示."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from appliance.calendar import calendar
from appliance.catalog import publicity as rows
from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.selection import publicity
from appliance.selection.publicity import OUTCOMES, Asked


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("open", "list", "show", "object", "answer", "close"))
    parser.add_argument("numbers", type=int, nargs="*", metavar="NO", help="open：课例号；其余：公示或异议的号")
    parser.add_argument("--title", default="")
    parser.add_argument("--contact", default="", help="受理异议的地点、电话、信箱")
    parser.add_argument("--days", type=int, default=None, help="工作日（默认按年度规则）")
    parser.add_argument("--from", dest="first", default="", metavar="DAY", help="从哪天起，如 2024-09-20（默认今天）")
    parser.add_argument("--lesson", type=int, default=None)
    parser.add_argument("--who", default="", help="object：提出人，不公开")
    parser.add_argument("--says", default="")
    parser.add_argument("--outcome", choices=sorted(OUTCOMES), default="dismissed")
    parser.add_argument("--note", default="")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog = box.catalog()
    if args.action == "open":
        edition = box.edition()
        days = edition.selection["publicity"]["days"] if args.days is None else args.days
        asked = Asked(args.title, tuple(args.numbers), _day(args.first), days, args.contact)
        no = publicity.open_list(catalog, asked, calendar(box.home), edition, args.by)
        return _shown(rows.by_no(catalog.db, no))
    if args.action == "list":
        found = rows.all_lists(catalog.db)
        return Answer({"lists": found}, "\n".join(map(_line, found)) or "还没有公示")
    if len(args.numbers) != 1:
        raise WrongUse("要写一个号")
    no = args.numbers[0]
    if args.action == "object":
        publicity.object_to(catalog, no, args.lesson, args.who, args.says, args.by)
    elif args.action == "answer":
        publicity.answer(catalog, no, args.outcome, args.says, args.by)
        no = rows.objection(catalog.db, no)["publicity"]
    elif args.action == "close":
        publicity.close(catalog, no, args.note, args.by)
    return _shown(rows.by_no(catalog.db, no))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if text else dt.date.today()
    except ValueError as error:
        raise WrongUse(f"日子要写成 2024-09-20 的样子，现在是 {text}") from error


def _shown(found: dict[str, Any]) -> Answer:
    lines = [_line(found)]
    lines += [f"  {one['number']}  {one['title']}  {one['teacher']}  {one['school']}" for one in found["lines"]]
    lines += [
        f"  异议 {one['id']}  {one['says']}  {OUTCOMES.get(one['outcome'], '还没有结果')}"
        for one in found["objections"]
    ]
    return Answer(found, "\n".join(lines))


def _line(found: dict[str, Any]) -> str:
    state = "已结束" if found["closed_at"] else "公示中"
    return f"第 {found['no']} 次  {found['title']}  {found['first_day']} 至 {found['last_day']}  {state}"
