"""`lessonbox waive NO RULE --by USER --reason TEXT`: a warning or an undetermined finding let pass by a person."""

from __future__ import annotations

import argparse

from appliance.catalog import lessons
from appliance.cli import Answer, station
from appliance.selection.decide import STATE_NAMES, waive


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", type=int, metavar="NO")
    parser.add_argument("rule", metavar="RULE")
    parser.add_argument("--material", default="", help="问题所指的文件名")
    parser.add_argument("--by", required=True, metavar="USER")
    parser.add_argument("--reason", required=True)


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog = box.catalog()
    profile = box.settings.profile_of(lessons.by_no(catalog.db, args.no).identity)
    lesson = waive(catalog, args.no, args.rule, args.material, args.by, args.reason, profile)
    data = {"no": lesson.no, "rule": args.rule, "state": lesson.state, "verdict": lesson.verdict}
    return Answer(data, f"已放行 {args.rule}，第 {lesson.no} 号课例现在是“{STATE_NAMES[lesson.state]}”")
