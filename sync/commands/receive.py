"""`receive [--once]`: takes what the stations below have sent, answers with receipts."""

from __future__ import annotations

import argparse

from appliance import cli
from sync import inbox, rhythm


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="只做一次")


def run(args: argparse.Namespace) -> int | cli.Answer:
    station = cli.station(args)
    if not args.once:
        return rhythm.keep(station, sending=False, receiving=True)
    done = inbox.receive_once(station, station.catalog())
    lines = [f"回执第 {row['city_seq']} 号：{row['county']} {row['bundle']} {row['status']}" for row in done.receipts]
    lines += [f"等待：{row['bundle']} {row['reason']}" for row in done.waiting]
    return cli.Answer(done.as_json(), "\n".join(lines) or "没有新的报送")
