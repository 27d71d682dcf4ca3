"""`lessonbox stick mount|unmount DEVICE`: what `lessonbox-usb@.service` runs, as root. It needs no station."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from appliance.box.sticks import mount
from appliance.cli import Answer
from appliance.errors import WrongUse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["mount", "unmount"])
    parser.add_argument("device", type=Path, metavar="DEVICE", help="例如 /dev/sdb1")
    parser.add_argument(
        "--at", type=Path, default=mount.ROOT, metavar="DIR", help="挂在哪个文件夹下（默认 %(default)s）"
    )


def run(args: argparse.Namespace) -> Answer:
    if args.action == "unmount":
        mount.unmount(args.device.name, args.at)
        return Answer({"device": args.device.name, "mounted": False}, f"{args.device.name}：已卸下")
    if not args.device.is_absolute():
        raise WrongUse("设备要写全，例如 /dev/sdb1")
    note = mount.mount(args.device, args.at)
    if note is None:
        return Answer({"device": args.device.name, "mounted": False}, f"{args.device.name}：有分区，分区各自挂载")
    place = args.at / note.device
    said = note.problem or f"{note.name}（{note.kind}）挂载在 {place}，只读"
    return Answer({**asdict(note), "identity": note.identity, "mounted": not note.problem, "at": str(place)}, said)
