"""`lessonbox decide NO screen|candidate|approve|return|reject|withdraw|reopen --by USER --reason TEXT`."""

from __future__ import annotations

import argparse

from appliance.catalog import lessons, users
from appliance.cli import Answer, station
from appliance.errors import NotAllowed
from appliance.selection.decide import DECISIONS, STATE_NAMES, decide


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", type=int, metavar="NO")
    parser.add_argument("kind", choices=[*DECISIONS])
    parser.add_argument("--by", required=True, metavar="USER")
    parser.add_argument("--reason", default="")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog = box.catalog()
    # Whoever has a shell on the box may name anybody; a name that is a user's keeps that user's limits.
    user = users.find(catalog.db, args.by)
    if user and (user["disabled"] or user["role"] not in DECISIONS[args.kind].roles):
        raise NotAllowed(f"{args.by} 没有“{DECISIONS[args.kind].title}”的权限")
    profile = box.settings.profile_of(lessons.by_no(catalog.db, args.no).identity)
    lesson = decide(catalog, args.no, args.kind, args.by, args.reason, profile, box.edition())
    data = {"no": lesson.no, "decision": args.kind, "by": args.by, "state": lesson.state}
    return Answer(data, f"第 {lesson.no} 号课例：{DECISIONS[args.kind].title}，现在是“{STATE_NAMES[lesson.state]}”")
