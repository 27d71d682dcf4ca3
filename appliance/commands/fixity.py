"""`lessonbox fixity`: reads every stored byte again and compares."""

from __future__ import annotations

import argparse

from appliance import fixity
from appliance.cli import Answer, station
from appliance.errors import StorageLies


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    result = fixity.run(box.catalog(), box.store())
    text = f"重读 {result.read} 份，损坏 {len(result.damaged)} 份，缺失 {len(result.missing)} 份，多余 {len(result.extra)} 份"
    data = {"read": result.read, "damaged": result.damaged, "missing": result.missing, "extra": result.extra}
    return Answer(data, text, StorageLies.exit_code if result.damaged or result.missing else 0)
