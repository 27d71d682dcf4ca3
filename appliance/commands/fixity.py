"""`lessonbox fixity [--sweep]`: reads every stored byte again and compares; lists what no delivery received."""

from __future__ import annotations

import argparse

from appliance import clock, fixity, orphans
from appliance.alone import alone
from appliance.cli import Answer, station
from appliance.errors import StorageLies
from appliance.orphans import Orphan


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sweep", action="store_true", help=f"删去没有一次投递收下、放了 {orphans.DAYS} 天以上的内容（先停下收件）"
    )


def run(args: argparse.Namespace) -> Answer:
    """Raises `AlreadyRunning`, `NotAllowed` for `--sweep`."""
    box = station(args)
    catalog = box.catalog()
    result = fixity.run(catalog, box.store())
    swept: list[Orphan] = []
    if args.sweep:
        with alone(box.folder("run"), "watch", "收件"):
            swept = orphans.sweep(box, catalog, clock.now())
    left = orphans.listed(catalog, box.store())
    lines = [
        f"重读 {result.read} 份，损坏 {len(result.damaged)} 份，缺失 {len(result.missing)} 份，多余 {len(result.extra)} 份",
        *(f"多余 {one.sha256[:12]}… {one.size / 1e6:.1f} MB，{one.age_days:.0f} 天：{one.reason}" for one in left),
        *(f"已删 {one.sha256[:12]}… {one.size / 1e6:.1f} MB：{one.reason}" for one in swept),
    ]
    data = {
        "read": result.read, "damaged": result.damaged, "missing": result.missing, "extra": result.extra,
        "swept": [one.sha256 for one in swept],
    }  # fmt: skip
    return Answer(data, "\n".join(lines), StorageLies.exit_code if result.damaged or result.missing else 0)
