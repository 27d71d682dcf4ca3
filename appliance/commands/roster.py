"""`lessonbox roster list | blank KIND --out FILE | preview KIND FILE | import KIND FILE --by USER | accept ID --by USER`:
名册. `import` shows what changes and puts the sheet in force; `accept` puts an earlier one back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from appliance.catalog import rosters
from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.roster import blank, imports
from appliance.roster.imports import Brought
from appliance.roster.sheets import BY_KIND

_FAULTS = 10
_STATES = {"draft": "待确认", "in_force": "在用", "replaced": "已换下", "dropped": "已作废"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("list", "blank", "preview", "import", "accept"))
    parser.add_argument("what", nargs="?", default="", help=f"名册：{'、'.join(BY_KIND)}；accept：编号")
    parser.add_argument("file", nargs="?", type=Path, help="xlsx 或 CSV")
    parser.add_argument("--out", type=Path, help="blank：写到哪里")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    if args.action == "blank":
        return _blank(args)
    catalog = station(args).catalog()
    if args.action == "list":
        rows = rosters.history(catalog.db)
        return Answer({"rosters": rows}, "\n".join(map(_row, rows)) or "还没有名册")
    if args.action == "accept":
        if not args.what.isdecimal():
            raise WrongUse("没有写名册的编号", remedy="编号见 lessonbox roster list")
        data = imports.accept(catalog, int(args.what), args.by)
        return Answer(data, f"{BY_KIND[data['kind']].title}在用：{data['lines']} 行")
    if args.file is None:
        raise WrongUse("没有写名册的种类和文件")
    brought = imports.bring(catalog, args.what, args.file, args.file.name, args.by, keep=args.action == "import")
    if not brought.read.wrong and args.action == "import":
        imports.accept(catalog, brought.id, args.by)
    return Answer(_data(brought), _text(brought), _FAULTS if brought.read.wrong else 0)


def _blank(args: argparse.Namespace) -> Answer:
    if args.out is None:
        raise WrongUse("没有写 --out 文件")
    sheet = imports.sheet_of(args.what)
    blank.write(sheet, args.out)
    return Answer({"out": str(args.out)}, f"{sheet.title}空表：{args.out}")


def _row(row: dict[str, Any]) -> str:
    return f"{row['id']}  {BY_KIND[row['kind']].title}  {row['count']} 行  {_STATES[row['state']]}  {row['at'][:16]}  {row['file']}"


def _data(brought: Brought) -> dict[str, Any]:
    changes = brought.changes
    return {
        "ok": not brought.read.wrong, "kind": brought.sheet.kind, "id": brought.id, "lines": len(brought.read.lines),
        "wrong": [{"line": one.line, "says": one.says} for one in brought.read.wrong],
        "unused": list(brought.read.unused), "added": list(changes.added), "removed": list(changes.removed),
        "changed": [{"who": one.who, "fields": list(map(list, one.fields))} for one in changes.changed],
        "same": changes.same,
    }  # fmt: skip


def _text(brought: Brought) -> str:
    if brought.read.wrong:
        return "\n".join(f"第 {one.line} 行：{one.says}" if one.line else one.says for one in brought.read.wrong)
    changes = brought.changes
    lines = [f"{brought.sheet.title}：{len(brought.read.lines)} 行"]
    lines += [f"增加  {who}" for who in changes.added] + [f"去掉  {who}" for who in changes.removed]
    for one in changes.changed:
        lines += [f"改动  {one.who}  {head}：{before or '空'} → {now or '空'}" for head, before, now in one.fields]
    return "\n".join([*lines, f"不变  {changes.same} 行"])
