"""`bundle NO…`: seals approved lessons; a lesson sealed before answers with its bundle."""

from __future__ import annotations

import argparse

from appliance import cli
from sync import bundle, locks


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", nargs="+", type=int, help="课例编号")


def run(args: argparse.Namespace) -> cli.Answer:
    station = cli.station(args)
    catalog = station.catalog()
    with locks.alone(station, "outbox"):
        rows = [bundle.seal(station, catalog, no) for no in args.no]
    shown = [
        {
            "lesson": row["lesson"], "version": row["version"], "seq": row["seq"], "epoch": row["epoch"],
            "path": str(station.home / row["path"]), "tagmanifest_sha256": row["tagmanifest_sha256"],
            "bytes": row["bytes"], "state": row["state"],
        }
        for row in rows
    ]  # fmt: skip
    return cli.Answer({"bundles": shown}, "\n".join(f"第 {row['lesson']} 号课例：{row['path']}" for row in shown))
