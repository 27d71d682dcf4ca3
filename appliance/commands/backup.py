"""`lessonbox backup`: a copy of the catalog, and everything onto the marked disk that is plugged in. `prepare FOLDER`
marks a disk, `key` makes the recovery code, `list` shows what is on a disk, `drill` brings it back into a side folder;
`--asked` does what somebody asked for on the page."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.backup import disks, drill, local, recovery, snapshots, state
from appliance.backup.asked import carry_out
from appliance.backup.run import back_up
from appliance.cli import Answer, station
from appliance.commands.restore import text as told_of_drill
from appliance.errors import BoxError, WrongUse
from appliance.station import Station

ACTS = ("now", "prepare", "key", "list", "drill")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", nargs="?", choices=ACTS, default="now")
    parser.add_argument("place", nargs="?", type=Path, metavar="FOLDER", help="备份盘的文件夹（默认插着的那一块）")
    parser.add_argument("--out", type=Path, metavar="FILE", help="只把目录库备份到这个文件")
    parser.add_argument("--asked", action="store_true", help="照网页上要求的做；没有要求，就照每夜的做")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    if args.asked and (done := carry_out(box, "backup")):
        return Answer(asdict(done[0]), done[1])
    if args.out:
        entries = local.copy_to(box, args.out)
        return _catalog_answer(args.out, entries, {}, "")
    return {"now": _now, "prepare": _prepare, "key": _key, "list": _list, "drill": _drill}[args.act](box, args.place)


def _now(box: Station, place: Path | None) -> Answer:
    """The copy in the home first: it needs nobody's disk. A disk that fails is told by the exit code."""
    target, entries = local.make(box)
    keys = recovery.of_box(box.home)
    found = [disks.at(place)] if place else disks.find(box)
    if not found or (keys is None and not place):
        return _catalog_answer(target, entries, {}, "没有插着备份盘" if keys else "还没有恢复码，没有备份到别的盘")
    done: dict[str, Any] = {}
    said, code = [], 0
    for disk in found:
        try:
            done[disk.id] = asdict(back_up(box, disk, recovery.needed(box.home), _progress))
            said.append(f"备份盘 {disk.id}：第 {done[disk.id]['snapshot']} 份，{done[disk.id]['files']} 个文件")
        except BoxError as error:
            said.append(f"备份盘 {disk.id}：{error}")
            code = error.exit_code
    return _catalog_answer(target, entries, done, "\n".join(said), code)


def _catalog_answer(target: Path, entries: int, done: dict[str, Any], said: str, code: int = 0) -> Answer:
    data = {"backup": str(target), "entries": entries, "bytes": target.stat().st_size, "disks": done}
    return Answer(data, "\n".join(filter(None, [f"已备份到 {target}", said])), code)


def _prepare(box: Station, place: Path | None) -> Answer:
    if place is None:
        raise WrongUse("没有写是哪块盘的文件夹")
    disk = disks.prepare(place, place.name)
    state.note(box.home, state.known(box.home).get(disk.id, state.Known(disk.id, disk.name)))
    return Answer(asdict(disk) | {"place": str(disk.place)}, f"备份盘 {disk.id}：请在盘上贴这个号")


def _key(box: Station, place: Path | None) -> Answer:
    """Shown until somebody says on the page that it is on paper."""
    keys = recovery.make(box.home)
    said = (
        f"恢复码 {keys.code}\n请抄下或在 备份 页印出来，收在别的地方" if keys.code else "恢复码已经印过，盒子里没有了"
    )
    return Answer({"id": keys.id, "code": keys.code}, said)


def _list(box: Station, place: Path | None) -> Answer:
    disk, keys = _disk(box, place), recovery.needed(box.home)
    found = [asdict(one) for folder in disk.boxes(keys) for one in snapshots.all(folder, keys)]
    lines = [
        f"第 {one['number']} 份  {one['made_at'][:16].replace('T', ' ')}  课例 {one['lessons']}  {one['bytes'] / 1e9:.2f} GB"
        for one in found
    ]
    return Answer({"disk": disk.id, "snapshots": found}, "\n".join(lines) or "这块盘上没有备份")


def _drill(box: Station, place: Path | None) -> Answer:
    result = drill.drill(box, _disk(box, place), recovery.needed(box.home), _progress)
    return Answer(asdict(result) | {"ok": result.ok}, told_of_drill(result), 0 if result.ok else 34)


def _disk(box: Station, place: Path | None) -> disks.Disk:
    return disks.at(place) if place else disks.one(box)


def _progress(what: str, done: int, of: int) -> None:
    if of and done == of:
        print(f"{what}：{of / 1e6:.0f} MB", file=sys.stderr)
