"""`lessonbox rank SESSION [--json]`: each dropped score and each step of a tie, in sentences. `--json` prints the
whole input too, from which anybody can compute the result again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from appliance.cli import Answer, station
from appliance.selection import trial


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("session", type=int, metavar="SESSION")


def run(args: argparse.Namespace) -> Answer:
    data = trial.ranking(station(args).catalog(), args.session)
    return Answer(data, "\n".join(lines(data)))


def lines(data: dict[str, Any]) -> Iterator[str]:
    given = data["input"]
    yield f"{given['session']['name']}  量表：{given['rubric']['title']}"
    if left := [one for one in given["rubric"]["items"] if one["id"] in given["rubric"]["left_out"]]:
        yield f"本场不评：{'、'.join(one['name'] for one in left)}；其余折算成满分"
    for row in data["result"]:
        yield f"第 {row['no']} 号《{row['title']}》  {row['says']}"
        for one in row["judges"]:
            yield f"    {one['judge']}  {one['total']}{'  去掉' + one['dropped'] if one['dropped'] else ''}"
        yield from (f"    回避：{one['judge']}，{one['reason']}" for one in row["recused"])
        yield from (f"    没有评分：{judge}" for judge in row["not_scored"])
        yield from (f"    {step['says']}" for step in row["ties"])
        if row["no"] in data["changed"]:
            yield "    排进场次以后材料改过；评分是对改以前的材料打的"
    for one in given["recusals"]:
        if one["kind"] == "override":
            yield f"解除回避：第 {one['lesson']} 号 {one['judge']}，{one['by_user']}、{one['second']}同意，{one['reason']}"
    lock = data["locked"]
    yield f"{lock['at']} {lock['by']}结束，指纹 {lock['sha256']}{'' if lock['unchanged'] else '，与现在的评分不一致！'}"
