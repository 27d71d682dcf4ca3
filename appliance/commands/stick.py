"""`lessonbox stick mount|unmount DEVICE`: what `lessonbox-usb@.service` runs, as root. It needs no station.
`stick mark`: makes the stick that a technician chose on the page a backup disk."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from appliance.box.sticks import backup_disk, mount
from appliance.cli import Answer
from appliance.errors import WrongUse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["mount", "unmount", "mark"])
    parser.add_argument("device", type=Path, nargs="?", metavar="DEVICE", help="例如 /dev/sdb1")
    parser.add_argument(
        "--at", type=Path, default=mount.ROOT, metavar="DIR", help="挂在哪个文件夹下（默认 %(default)s）"
    )


def run(args: argparse.Namespace) -> Answer:
    if args.action == "mark":
        disk = backup_disk.mark(args.home, args.at)
        return Answer({"disk": disk.id, "place": str(disk.place)}, f"备份盘 {disk.id}，在 {disk.place}")
    if args.device is None:
        raise WrongUse("没有写是哪个设备")
    if args.action == "unmount":
        mount.unmount(args.device.name, args.at)
        return Answer({"device": args.device.name, "mounted": False}, f"{args.device.name}：已卸下")
    if not args.device.is_absolute():
        raise WrongUse("设备要写全，例如 /dev/sdb1")
    note = mount.mount(args.device, args.at, args.home)
    if note is None:
        return Answer({"device": args.device.name, "mounted": False}, f"{args.device.name}：有分区，分区各自挂载")
    place, way = args.at / note.device, "只读"
    if not note.problem and not place.exists():
        place, way = backup_disk.PLACE / note.device, "备份盘"
    said = note.problem or f"{note.name}（{note.kind}）挂载在 {place}，{way}"
    return Answer({**asdict(note), "identity": note.identity, "mounted": not note.problem, "at": str(place)}, said)
