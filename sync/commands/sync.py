"""`sync [--once]`: one session with the station above; without `--once`, again and again until it is ended.
`--selftest`: does a cut transfer resume through the rsync and rrsync that are installed?"""

from __future__ import annotations

import argparse

from appliance import cli
from appliance.errors import LineDown
from sync import outbox, rhythm, selftest
from sync.sending import Sent


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="只做一次")
    parser.add_argument("--selftest", action="store_true", help="只检查本机的 rsync 能否断点续传")


def run(args: argparse.Namespace) -> int | cli.Answer:
    if args.selftest:
        found = selftest.resumes()
        return cli.Answer(found.as_json(), found.says, 0 if found.ok else LineDown.exit_code)
    station = cli.station(args)
    if not args.once:
        return rhythm.keep(station, sending=True, receiving=False)
    done = outbox.sync_once(station, station.catalog())
    failed = bool(done.waiting) and any(row["reason"] != outbox.ANSWER_EXPECTED for row in done.waiting)
    return cli.Answer(done.as_json(), _text(done), LineDown.exit_code if failed else 0)


def _text(done: Sent) -> str:
    lines = [f"已送出：{row['bundle']}（第 {row['seq']} 号）" for row in done.sent]
    lines += [f"回执第 {row['city_seq']} 号：{row['bundle']} {row['status']}" for row in done.receipts]
    lines += [f"等待：{row['bundle']} {row['reason']}（{row['next_try_s']} 秒后再试）" for row in done.waiting]
    return "\n".join(lines) or "没有要报送的，也没有新回执"
