"""`lessonbox delivery NO`: all about one hand-in."""

from __future__ import annotations

import argparse
from typing import Any

from appliance.cli import Answer, station
from appliance.reports.delivery import delivery_view

FATES = {"stored": "已收", "duplicate": "已收（内容相同）", "quarantined": "隔离", "ignored": "没有收"}
VERDICTS = {"pass": "合格", "return": "退回补正", "person": "待人工"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", type=int, metavar="NO")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    view = delivery_view(box.catalog().db, args.no, box.edition())
    return Answer(view, text(view))


def text(view: dict[str, Any]) -> str:
    lines = [f"第 {view['no']} 号投递，回执号 {view['receipt']}，来自{view['source']}"]
    if view["duplicate_of"] is not None:
        lines.append(f"  这份资料已收过，见第 {view['duplicate_of']} 号投递")
    if view["error"]:
        lines.append(f"  {view['error']}")
    for entry in view["entries"]:
        reason = f"：{entry['reason']}" if entry["reason"] else ""
        lines.append(f"  {FATES[entry['fate']]}  {entry['name']!r}{reason}")
    for lesson in view["lessons"]:
        lines.append(
            f"  课例 {lesson['no']}《{lesson['title'] or '课名未知'}》{VERDICTS.get(lesson['verdict'], '待检查')}"
        )
        lines += [f"    {each['says']}。{each['fix']}（{each['rule']}）" for each in lesson["findings"]]
    return "\n".join(lines)
