"""Making an update file: the image's root, the boot files of its slot, one or two keys."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance.box.update import parcel, signing
from appliance.box.update.manifest import PRODUCT, ROOT, Manifest
from appliance.catalog.schema import STEPS
from appliance.cli import Answer
from appliance.errors import WrongUse

_NOT_PARTS = ("cmdline.txt",)  # names its slot; the box writes its own


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, help="make：根文件系统的映像")
    parser.add_argument("--boot", type=Path, help="make：内核等启动文件所在的文件夹")
    parser.add_argument("--board", default="pc", help="make：给哪种机器（默认 %(default)s）")
    parser.add_argument("--version", help="make：版本，例如 2024.11.2")
    parser.add_argument("--floor", help="make：以后不能装比这更旧的（默认同版本）")
    parser.add_argument("--schema-from", type=int, default=1, help="make：能接着用的目录库最早第几步")
    parser.add_argument("--notes", default="", help="make：给技术员看的一句话")
    parser.add_argument("--key", type=Path, action="append", help="make：签名的密钥，换密钥时写两次")


def run(args: argparse.Namespace) -> Answer:
    needed = {"FILE": args.file, "--root": args.root, "--boot": args.boot, "--version": args.version, "--key": args.key}
    if missing := [name for name, value in needed.items() if not value]:
        raise WrongUse(f"没有写 {'、'.join(missing)}")
    sources = {ROOT: args.root} | {
        path.name: path for path in sorted(args.boot.iterdir()) if path.is_file() and path.name not in _NOT_PARTS
    }
    parts = tuple(parcel.part_of(name, path) for name, path in sources.items())
    told = Manifest(
        PRODUCT, args.board, args.version, args.floor or args.version, args.schema_from, len(STEPS), parts, args.notes
    )
    parcel.make(args.file, told, sources, [signing.private(path) for path in args.key])
    return Answer(
        {"file": str(args.file), "bytes": args.file.stat().st_size, "parts": [*sources]}, f"已写好 {args.file}"
    )
