"""`lessonbox originality export|import|forget|list|compare`: what is alike to what, here and with other boxes.

Names are printed here: whoever stands at the box's terminal is of the office.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import alikes, lessons, print_lists
from appliance.cli import Answer, station
from appliance.errors import NotFound, WrongUse
from appliance.intake import likeness
from appliance.model import Lesson
from appliance.originality import listing
from appliance.originality.listing import Entry
from appliance.reports.alike import KINDS, percent, said
from appliance.station import Station
from appliance.store.files import replacing

_NAME = re.compile(r"[\w\-·（）()]{1,40}")


def arguments(parser: argparse.ArgumentParser) -> None:
    says = (
        "export 导出指纹名单；import 导入外来名单；forget 删去一份名单；list 全部相同的；compare NO [NO] 比一节或两节"
    )
    parser.add_argument("action", choices=[*_ACTIONS], help=says)
    parser.add_argument("what", nargs="*", help="import 的文件；forget 的名单名；compare 的课例号")
    parser.add_argument("--out", type=Path, metavar="FILE", help="export 写到这个文件")
    parser.add_argument("--source", default="", help="import：名单从哪里来，例如 示例县")
    parser.add_argument("--year", type=int, default=0, help="import：哪一年的名单")


def run(args: argparse.Namespace) -> Answer:
    """Raises `WrongUse`, `NotFound`, `ListRefused`."""
    return _ACTIONS[args.action](station(args), args)


def _export(box: Station, args: argparse.Namespace) -> Answer:
    if args.out is None or args.what:
        raise WrongUse("originality export 要写 --out FILE")
    db, code = box.catalog().db, box.settings.code
    count = print_lists.count_outgoing(db)
    with replacing(args.out.absolute(), 0o644) as out:
        sha256 = listing.write(out, code, _outgoing(db, code), count)
    data = {"out": str(args.out), "prints": count, "version": listing.VERSION, "sha256": sha256}
    return Answer(data, f"{count} 个指纹已写到 {args.out}，校验码 {sha256}")


def _outgoing(db: Database, code: str) -> Iterator[Entry]:
    for lesson, held in print_lists.outgoing(db):
        yield listing.outward(held.print, f"{code}-{lesson}")


def _import(box: Station, args: argparse.Namespace) -> Answer:
    if len(args.what) != 1 or not _NAME.fullmatch(args.source) or not 2000 <= args.year <= 2100:
        raise WrongUse("originality import 要写文件、--source 名称（不带空格）和 --year 年份")
    with Path(args.what[0]).open("rb") as file:
        found = listing.read(file)
    with box.catalog().writing() as db:
        count = print_lists.save(db, args.source, args.year, found)
        name = f"{args.source} {args.year}"
        told = {"station": found.station, "prints": count, "sha256": found.sha256}
        journal.append(db, "originality.imported", f"print-list/{name}", told)
    return Answer({"list": name, **told}, f"已导入“{name}”的 {count} 个指纹。下次检查时会一起比较")


def _forget(box: Station, args: argparse.Namespace) -> Answer:
    name = " ".join(args.what)
    with box.catalog().writing() as db:
        if not print_lists.forget(db, name):
            raise NotFound(f"没有名单“{name}”")
        journal.append(db, "originality.forgotten", f"print-list/{name}", {})
    return Answer({"list": name}, f"已删去“{name}”")


def _list(box: Station, args: argparse.Namespace) -> Answer:
    db = box.catalog().db
    rows = [row for pair in alikes.all_pairs(db) for row in _both(db, pair)]
    lists = [dict(one) for one in print_lists.lists(db)]
    lines = [f"{row['one']} 与 {row['other']}：{KINDS[row['kind']]} {percent(row['score'])}" for row in rows]
    lines += [f"外来名单：{one['name']}，{one['prints']} 个指纹" for one in lists]
    return Answer({"pairs": rows, "lists": lists}, "\n".join(lines) or "没有相同的，也没有外来名单")


def _both(db: Database, pair: Any) -> Iterator[dict[str, Any]]:
    for one in alikes.holders(db, pair["one"]):
        for other in alikes.holders(db, pair["other"]):
            if one.lesson != other.lesson:
                yield {
                    "one": one.named, "other": other.named, "lessons": [one.lesson, other.lesson],
                    "kind": pair["kind"], "score": round(pair["score"], 3), "own": one.author == other.author,
                }  # fmt: skip


def _compare(box: Station, args: argparse.Namespace) -> Answer:
    if not 1 <= len(args.what) <= 2 or not all(word.isdecimal() and len(word) < 10 for word in args.what):
        raise WrongUse("originality compare 要写一个或两个课例号")
    db = box.catalog().db
    first, *second = (lessons.by_no(db, int(word)) for word in args.what)
    rows = likeness.of_lesson(db, first, box.edition()).facts
    if second:
        rows = tuple(row for row in rows if row.lesson == second[0].no)
    data = [dataclasses.asdict(row) for row in rows]
    lines = [f"{row.material} 与 {row.whose}：{said(row)}" for row in rows]
    return Answer({"no": first.no, "alike": data}, "\n".join(lines) or _nothing(first, second))


def _nothing(first: Lesson, second: list[Lesson]) -> str:
    return f"第 {first.no} 号与" + (f"第 {second[0].no} 号" if second else "别的课例") + "没有相同的"


_ACTIONS = {"export": _export, "import": _import, "forget": _forget, "list": _list, "compare": _compare}
