"""`lessonbox restore [--from FILE] [--drill]`: the last backup that is whole becomes the catalog again.
`restore --from DISK [--snapshot N]`: everything from a backup disk, onto a new box; asks for the recovery code."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from appliance import restore
from appliance.backup import disks, drill, recovery
from appliance.backup.asked import carry_out
from appliance.backup.bring_back import bring_back
from appliance.cli import Answer, ask, station
from appliance.restore import Restored
from appliance.station import Station

_NOT_WHOLE = 34


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from",
        type=Path,
        dest="source",
        metavar="FILE|DISK",
        help="哪一份目录库备份（默认最近一份完整的），或备份盘的文件夹",
    )
    parser.add_argument("--snapshot", type=int, default=0, metavar="N", help="备份盘上的第几份（默认最新的）")
    parser.add_argument("--asked", action="store_true", help="照网页上要求的做")
    parser.add_argument("--replace", action="store_true", help="这个盒子收过件也照样恢复；现在的目录库移开不删")
    parser.add_argument("--drill", action="store_true", help="只演练：在临时文件夹里恢复一遍，什么也不改")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    if args.asked:
        done = carry_out(box, "restore")
        return Answer(asdict(done[0]), done[1]) if done else Answer({}, "没有人在网页上要求过恢复")
    if args.source and args.source.is_dir():
        result = _from_disk(box, args)
    elif args.drill:
        catalog = box.catalog()
        result = restore.drill(box, catalog)
        catalog.close()
    else:
        result = restore.restore(box, args.source)
    return Answer(asdict(result) | {"ok": result.ok}, text(result), 0 if result.ok else _NOT_WHOLE)


def _from_disk(box: Station, args: argparse.Namespace) -> Restored:
    disk = disks.at(args.source)
    keys = recovery.of_box(box.home)
    if keys is None or not disk.boxes(keys):
        keys = recovery.keys_of(ask("恢复码: "))
    if args.drill:
        return drill.drill(box, disk, keys, _progress)
    return bring_back(box, disk, keys, args.snapshot, _progress, replace=args.replace)


def _progress(what: str, done: int, of: int) -> None:
    if of and done == of:
        print(f"{what}：{of / 1e6:.0f} MB", file=sys.stderr)


def text(result: Restored) -> str:
    lines = [
        f"用的备份：{result.backup}，日志 {result.entries} 条",
        f"投递 {result.deliveries} 次，其中 {len(result.rebuilt)} 次是备份以后收的，照存储里的记录补回",
    ]
    if result.kept:
        lines.append(f"原来的目录库移到 backup/{result.kept}")
    if not result.ok:
        lines.append(
            f"没有补全：读不出记录的投递 {len(result.unreadable)} 次，不在了的文件 {result.gone + result.missing} 个"
        )
    lines.append("备份以后人作的决定不在备份里，请照纸面重新登记" if result.rebuilt else "没有备份以后的投递")
    return "\n".join(lines)
