"""`lessonbox lessons [--state S] [--query Q]`: what the box holds."""

from __future__ import annotations

import argparse

from appliance.catalog import lessons
from appliance.cli import Answer, station
from appliance.model import LessonState
from appliance.selection.decide import STATE_NAMES

COLUMNS = ("no", "title", "category", "stage", "subject", "grade", "teacher", "school", "state", "verdict", "version")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", choices=[each.value for each in LessonState])
    parser.add_argument("--query", default="", help="课名、教师、学校或编号")
    parser.add_argument("--limit", type=int, default=1000)


def run(args: argparse.Namespace) -> Answer:
    rows = lessons.find(station(args).catalog().db, args.state, args.query, args.limit)
    data = [{name: row[name] for name in COLUMNS} for row in rows]
    lines = [
        f"{row['no']:>4}  {STATE_NAMES[LessonState(row['state'])]}  {row['title'] or '（课名未知）'}  {row['teacher']}  {row['school']}"
        for row in rows
    ]
    return Answer({"lessons": data}, "\n".join(lines) or "还没有课例")
