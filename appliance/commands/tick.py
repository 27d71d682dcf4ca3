"""`lessonbox tick NO CLAUSE yes|no|na --by USER --reason TEXT`: one answer of the checklist."""

from __future__ import annotations

import argparse

from appliance.catalog import users
from appliance.cli import Answer, station
from appliance.errors import NotAllowed
from appliance.model import Tick
from appliance.selection import checklist


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", type=int, metavar="NO")
    parser.add_argument("clause", metavar="CLAUSE", help="条款，例如 G5；lessonbox show NO 列出全部")
    parser.add_argument("answer", choices=[*map(str, Tick)], help="yes 是，no 否，na 不适用")
    parser.add_argument("--by", required=True, metavar="USER")
    parser.add_argument("--reason", default="", help="说明；答 no 时必须写")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog = box.catalog()
    user = users.find(catalog.db, args.by)  # as for decisions: a name that is a user's keeps that user's limits
    if user and user["disabled"]:
        raise NotAllowed(f"{args.by} 已停用")
    role = user["role"] if user else ""
    item = checklist.tick(catalog, args.no, args.clause, args.answer, args.reason, args.by, box.edition(), role)
    data = {"no": args.no, **checklist.as_json([item])[0]}
    said = checklist.ANSWERS[Tick(item.answer)]
    return Answer(data, f"第 {args.no} 号课例，{item.clause}：{said}（{item.by}，第 {item.revision} 稿）")
