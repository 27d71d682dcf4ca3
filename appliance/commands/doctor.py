"""`lessonbox doctor`: the box looks at itself."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from appliance import doctor
from appliance.cli import Answer, station
from appliance.errors import BoxError


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    results = doctor.checks(box, box.catalog())
    ill = [check for check in results if check.ok is False]
    marks = {True: "好", False: "要处理", None: "留意"}
    lines = [f"{marks[c.ok]}  {c.name}：{c.says}{'' if c.ok else '。' + c.fix}" for c in results]
    data = {"ok": not ill, "checks": [asdict(check) for check in results]}
    return Answer(data, "\n".join(lines), BoxError.exit_code if ill else 0)
