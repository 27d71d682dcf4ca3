"""`lessonbox init DIR`: a station home. Again: changes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance.cli import Answer
from appliance.model import Level
from appliance.station import create


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dir", type=Path, metavar="DIR")
    parser.add_argument("--level", choices=[each.value for each in Level], default="county")
    parser.add_argument("--name", default="未命名站点")
    parser.add_argument("--code", default="000000", help="行政区划代码；没有写的先不收资料")


def run(args: argparse.Namespace) -> Answer:
    fresh = not (args.dir / "station.toml").exists()
    station = create(args.dir, args.level, args.name, args.code)
    settings = station.settings
    data = {
        "home": str(station.home), "created": fresh, "level": settings.level, "name": settings.name,
        "code": settings.code,
    }  # fmt: skip
    return Answer(data, f"{'已建立' if fresh else '已存在，没有改动'}：{settings.name}（{station.home}）")
