"""`lessonbox journal verify|show`: the hash chain."""

from __future__ import annotations

import argparse

from appliance import journal
from appliance.catalog import events
from appliance.cli import Answer, station
from appliance.errors import JournalBroken


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["verify", "show"])
    parser.add_argument("--limit", type=int, default=50)


def run(args: argparse.Namespace) -> Answer:
    db = station(args).catalog().db
    if args.action == "show":
        rows = events.newest(db, args.limit)
        text = "\n".join(f"{r['seq']:>6}  {r['at']}  {r['kind']}  {r['subject']}  {r['actor']}" for r in rows)
        return Answer({"events": rows}, text or "日志还是空的")
    count, bad = journal.verify(db)
    seq, digest = journal.head(db)
    data = {"ok": bad is None, "entries": count, "first_bad": bad, "head": {"seq": seq, "hash": digest}}
    if bad is None:
        return Answer(data, f"日志链完整，共 {count} 条")
    return Answer(data, str(JournalBroken(f"日志链从第 {bad} 条起对不上")), JournalBroken.exit_code)
