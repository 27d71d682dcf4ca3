"""`lessonbox doctor`: the box looks at itself."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from appliance import doctor
from appliance.cli import Answer, station
from appliance.errors import BoxError
from appliance.reports import health
from appliance.store.files import replacing


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", type=Path, metavar="FILE", help="另写一份报告，没有人名、校名、课名")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    if args.report:
        with replacing(args.report, 0o644) as out:
            out.write(health.text(box, box.catalog()).encode())
    results = doctor.checks(box, box.catalog())
    ill = [check for check in results if check.ok is False]
    marks = {True: "好", False: "要处理", None: "留意"}
    lines = [f"{marks[c.ok]}  {c.name}：{c.says}{'' if c.ok else '。' + c.fix}" for c in results]
    data = {"ok": not ill, "checks": [asdict(check) for check in results]}
    return Answer(data, "\n".join(lines), BoxError.exit_code if ill else 0)
