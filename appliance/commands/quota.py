"""`lessonbox quota show|check [--quota FILE]`, `quota allow LESSON --reason TEXT`: what may go up (附件2, 名额).

The county's own quota is `quota.toml` in the station's folder: rows `[[quota]]` with category, stage, subject (each
may be left out) and `number` or `ratio`. Exit code 1: more lessons than the quota.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance import journal
from appliance.catalog import Catalog, chosen, lessons, rosters
from appliance.cli import Answer, station
from appliance.errors import NotFound, WrongUse
from appliance.selection import quotas
from appliance.selection.quota_rows import Nodes, entry, read
from appliance.selection.quotas import Quota
from appliance.station import Station


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("show", "check", "allow"))
    parser.add_argument("lesson", type=int, nargs="?", metavar="LESSON", help="allow：这个节点里的一节")
    parser.add_argument("--quota", type=Path, help="名额文件（默认是站点文件夹里的 quota.toml）")
    parser.add_argument("--province", default="", help="show：附件 2 里的省")
    parser.add_argument("--reason", default="", help="allow：为什么一个节点多于一节")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog = box.catalog()
    if args.action == "allow":
        return _allow(args, box, catalog)
    rows = read(args.quota or box.home / "quota.toml", must_be=args.quota is not None)
    if args.action == "show":
        return _show(args, box, rows)
    edition = box.edition()
    names = {**edition.categories, **edition.stages}
    nodes = Nodes(rosters.lines(catalog.db, "nodes"))
    entries = [
        entry(row, nodes.of(row, edition.stages), {}) for row in chosen.lessons(catalog.db, box.settings.profile_of)
    ]
    remarks = quotas.check(entries, rows, chosen.reasons(catalog.db), edition.selection, names)
    wrong = any(one.level == "error" for one in remarks)
    data = [{"level": one.level, "says": one.says, "lessons": list(one.lessons)} for one in remarks]
    marks = {"error": "超出", "warning": "提醒", "info": "　　"}
    text = "\n".join(f"{marks[one.level]}  {one.says}" for one in remarks)
    return Answer({"ok": not wrong, "remarks": data}, text, int(wrong))


def _show(args: argparse.Namespace, box: Station, rows: list[Quota]) -> Answer:
    edition = box.edition()
    names = {**edition.categories, **edition.stages}
    own = [
        {"category": one.category, "stage": one.stage, "subject": one.subject, "school": one.school, "number": one.number,
         "ratio": None if one.ratio is None else str(one.ratio), "why": one.why}
        for one in rows
    ]  # fmt: skip
    if args.province and args.province not in edition.quotas:
        raise NotFound(f"附件 2 里没有“{args.province}”")
    provinces = {name: list(row) for name, row in edition.quotas.items() if args.province in ("", name)}
    lines = [
        f"{quotas.label(one, names)}：{one.number if one.ratio is None else f'收到的 {one.ratio}'}" for one in rows
    ]
    lines += [f"{name}  {' / '.join(map(str, row))}" for name, row in provinces.items()]
    return Answer({"quotas": own, "provinces": provinces}, "\n".join(lines))


def _allow(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    if args.lesson is None or not args.reason.strip():
        raise WrongUse("要写课例号和理由：quota allow LESSON --reason TEXT")
    identity = lessons.by_no(catalog.db, args.lesson).identity
    where = Nodes(rosters.lines(catalog.db, "nodes")).of(vars(identity), box.edition().stages)
    with catalog.writing() as db:
        chosen.give_reason(db, where, args.reason.strip(), args.by)
        data = {"node": where, "reason": args.reason.strip()}
        journal.append(db, "quota.allow", f"lesson/{args.lesson}", data, actor=args.by)
    return Answer({"lesson": args.lesson, "reason": args.reason.strip()}, f"《{identity.title}》这个节点的理由已记下")
