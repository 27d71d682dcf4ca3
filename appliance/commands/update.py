"""`lessonbox update verify|apply FILE`, `apply --asked` and `keep` as the units run them; `make` and `key` for those who
make updates."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from appliance import journal
from appliance.box.update import apply, boot_entry, parcel, signing, slots, state
from appliance.box.update.manifest import Manifest
from appliance.box.update.slots import Box
from appliance.cli import Answer, station
from appliance.commands import update_making as making
from appliance.errors import BoxError, UpdateRefused, WrongUse
from appliance.station import Station


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["verify", "apply", "keep", "make", "key"])
    parser.add_argument("file", nargs="?", type=Path, help="更新文件；make：写到哪里；key：新密钥写到哪里")
    parser.add_argument("--asked", action="store_true", help="apply：照网页上确认的那一个")
    making.arguments(parser)


def run(args: argparse.Namespace) -> Answer:
    if args.action == "make":
        return making.run(args)
    if args.action == "key":
        signing.make_key(_file(args), _file(args).with_suffix(".pem"))
        return Answer(
            {"private": str(args.file)}, f"密钥 {args.file}（不要给别人），公钥 {args.file.with_suffix('.pem')}"
        )
    home = station(args)
    box = slots.this_box(state.floor(home.home))
    if args.action == "keep":
        boot_entry.kind_of(box.board).keep(box)
        return Answer(
            {"slot": box.running, "version": box.version}, f"留用槽位 {box.running.upper()}，版本 {box.version}"
        )
    if args.action == "verify":
        told = apply.verify(_file(args), box, schema_of(home), signing.trusted(), _quiet)
        return Answer(_shown(told), f"可以更新：{box.version} → {told.version}")
    asked = state.take(home.home) if args.asked else state.Asked(str(_file(args)), "", "", "命令行")
    if asked is None:
        raise UpdateRefused("没有人在网页上确认过更新", code="NOT-ASKED", remedy="请在更新页确认")
    told = _carried_out(home, box, asked)
    return Answer(_shown(told), f"已写入槽位 {box.other.upper()}：{told.version}。重新启动后试用")


def _carried_out(home: Station, box: Box, asked: state.Asked) -> Manifest:
    """Whatever comes of it is told on the page and in the journal."""
    now = state.State("running", asked.version, asked.digest)

    def progress(what: str, done: int, of: int) -> None:
        nonlocal now
        now = state.move(home.home, now, what, done, of)

    try:
        with parcel.opened(Path(asked.path), signing.trusted()) as update:
            if asked.digest and update.digest != asked.digest:
                raise UpdateRefused("U 盘上的更新文件不是刚才确认的那一个", code="OTHER", remedy="请在更新页再确认一次")
        told = apply.apply(
            Path(asked.path), box, schema_of(home), signing.trusted(), progress,
            lambda floor: state.set_floor(home.home, floor),
        )  # fmt: skip
    except (BoxError, OSError) as error:
        says = (
            str(error)
            if isinstance(error, BoxError)
            else f"写不进另一个槽位：{error.strerror}。盒子照旧。请联系技术员。"
        )
        state.put(home.home, state.State("refused", asked.version, asked.digest, says=says))
        _note(home, "update.refused", asked, says)
        raise
    state.put(home.home, state.State("written", told.version, asked.digest))
    _note(home, "update.written", asked, told.version)
    return told


def _note(home: Station, kind: str, asked: state.Asked, says: str) -> None:
    catalog = home.catalog()
    with catalog.writing() as db:
        journal.append(db, kind, "box", {"now": says}, actor=asked.by)
    catalog.close()


def schema_of(home: Station) -> int:
    catalog = home.catalog()
    try:
        return catalog.steps()
    finally:
        catalog.close()


def _shown(told: Manifest) -> dict[str, object]:
    return {name: value for name, value in asdict(told).items() if name != "parts"} | {"bytes": told.total}


def _file(args: argparse.Namespace) -> Path:
    if args.file is None:
        raise WrongUse("没有写是哪个文件")
    found: Path = args.file
    return found


def _quiet(what: str, done: int, of: int) -> None:
    if done == of:
        print(f"{what}：完成", file=sys.stderr)
