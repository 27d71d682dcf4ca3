"""`lessonbox firstboot`: at each start, before the parts. A box without a station gets one; `lessonbox.toml`, where
there is one, names it; the fixed address is laid out for the network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from appliance.box import network, screen
from appliance.box.first import place, sample
from appliance.box.first.steps import first_setup
from appliance.cli import Answer
from appliance.errors import SettingsWrong
from appliance.station import Station

_SAYS = {
    "none": "没有 lessonbox.toml",
    "done": "已照 lessonbox.toml 设置好",
    "late": "盒子早已设置过，lessonbox.toml 没有用上",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", type=Path, action="append", metavar="DIR", help="lessonbox.toml 所在的文件夹")
    parser.add_argument("--network", type=Path, default=network.FOLDER, metavar="DIR", help="网络设置写到哪里")
    parser.add_argument("--screen", type=Path, default=screen.FOLDER, metavar="DIR", help="屏幕方向写到哪里")
    parser.add_argument("--sample", action="store_true", help="只印出一份样子")


def run(args: argparse.Namespace) -> Answer:
    if args.sample:
        return Answer({"sample": sample.TEXT}, sample.TEXT)
    outcome = first_setup(args.home, tuple(args.settings or place.PLACES))
    station = Station.open(args.home)
    fixed = network.lay(station.settings, args.network)
    screen.lay(station.settings, args.screen)
    lines = [str(problem) for problem in outcome.problems]
    data = {"state": outcome.state, "problems": lines, "name": station.settings.name, "fixed_address": fixed}
    if outcome.state == "wrong":
        print("\n".join(["lessonbox.toml 有误，还没有设置：", *lines]), file=sys.stderr)
        return Answer(data, "", SettingsWrong.exit_code)
    return Answer(data, "\n".join([_SAYS[outcome.state], *lines]))
