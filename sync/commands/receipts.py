"""`receipts`: those that the station above gave, and those that this station gave, newest first."""

from __future__ import annotations

import argparse

from appliance import cli
from sync import receipts


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=100)


def run(args: argparse.Namespace) -> cli.Answer:
    catalog = cli.station(args).catalog()
    from_above, given = receipts.fetched(catalog, args.limit), receipts.issued(catalog, args.limit)
    lines = [
        f"上级回执第 {row['city_seq']} 号：{row['bundle']} 第 {row['version']} 版 {row['status']}" for row in from_above
    ]
    lines += [f"签发第 {row['city_seq']} 号：{row['county']} {row['bundle']} {row['status']}" for row in given]
    return cli.Answer({"fetched": from_above, "issued": given}, "\n".join(lines) or "还没有回执")
