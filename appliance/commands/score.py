"""`lessonbox score SESSION LESSON --judge J --item ID=VALUE …`: one judge's sheet, whole."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from decimal import Decimal

from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.selection import scoresheet

_POINTS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("session", type=int, metavar="SESSION")
    parser.add_argument("lesson", type=int, metavar="LESSON")
    parser.add_argument("--judge", required=True)
    parser.add_argument("--item", action="append", required=True, metavar="ID=VALUE", help="每一项一个，如 1=9.5")
    parser.add_argument("--reason", default="", help="更正时写明理由")
    parser.add_argument("--comment", default="", help="评语；有最高或最低一档时要写")
    parser.add_argument("--id", default="", help="这张评分表的编号：重复提交只记一次")
    parser.add_argument("--by", default="", metavar="USER", help="谁录入（默认是评委本人）")


def run(args: argparse.Namespace) -> Answer:
    made = scoresheet.record(
        station(args).catalog(), args.session, args.lesson, args.judge, points(args.item), args.by or args.judge,
        args.reason, args.id, args.comment,
    )  # fmt: skip
    data = {name: made[name] for name in ("id", "session", "lesson", "judge", "version", "items", "materials_sha256")}
    return Answer(data, f"已记下{made['judge']}给第 {made['lesson']} 号的评分（第 {made['version']} 版）")


def points(words: Sequence[str]) -> dict[str, Decimal]:
    """Raises `WrongUse` for what is no "ID=number", or an item given twice."""
    found: dict[str, Decimal] = {}
    for word in words:
        name, _, value = word.partition("=")
        if not _POINTS.fullmatch(value):
            raise WrongUse(f"看不懂“{word}”，应写成 序号=分数，如 1=9.5", effect="这张评分表没有记下")
        if name in found:
            raise WrongUse(f"第 {name} 项写了两次", effect="这张评分表没有记下")
        found[name] = Decimal(value)
    return found
