"""`lessonbox deliveries`: what was handed in, newest first."""

from __future__ import annotations

import argparse

from appliance.catalog import deliveries
from appliance.cli import Answer, station

_FIELDS = (
    "no", "receipt", "duplicate_of", "school", "source", "kind", "received_at", "clock", "state", "files",
    "quarantined", "ignored", "lessons",
)  # fmt: skip
_STATES = {
    "received": "待识别",
    "identified": "检查中",
    "answered": "初步检查完",
    "checked": "已检查",
    "parked": "需要技术员",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=1000)


def run(args: argparse.Namespace) -> Answer:
    rows = deliveries.find(station(args).catalog().db, args.limit)
    lines = [
        f"{row['no']:>4}  {row['receipt']}  {row['received_at'][:16].replace('T', ' ')}  {row['source']}"
        f"  {row['files']} 个文件，{row['lessons']} 节课例  {_STATES[row['state']]}"
        for row in rows
    ]
    data = {"deliveries": [{name: row[name] for name in _FIELDS} for row in rows]}
    return Answer(data, "\n".join(lines) or "还没有投递")
