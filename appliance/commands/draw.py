"""`lessonbox draw SESSION --seed TEXT`: the order of a session, by a seed spoken in the room."""

from __future__ import annotations

import argparse

from appliance.cli import Answer, station
from appliance.selection import trial
from appliance.selection.draw import RECIPE, clean_seed


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("session", type=int, metavar="SESSION")
    parser.add_argument("--seed", required=True, metavar="TEXT", help="当场念的词或数字")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    lots = trial.cast_lots(station(args).catalog(), args.session, args.seed, args.by)
    seed = clean_seed(args.seed)
    order = [{"place": place, "no": int(no), "sha256": lot} for place, (no, lot) in enumerate(lots, start=1)]
    lines = [f"种子：{seed}", *(f"{one['place']:>3}  第 {one['no']} 号  {one['sha256']}" for one in order), RECIPE]
    return Answer({"session": args.session, "seed": seed, "order": order, "recipe": RECIPE}, "\n".join(lines))
