"""`lessonbox quota show|check [--quota FILE]`, `quota allow LESSON --reason TEXT`: what may go up (附件2, 名额).

The county's own quota is `quota.toml` in the station's folder: rows `[[quota]]` with category, stage, subject (each
may be left out) and `number` or `ratio`. Exit code 1: more lessons than the quota.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from appliance import journal
from appliance.catalog import Catalog, chosen, lessons, rosters
from appliance.cli import Answer, station
from appliance.errors import NotFound, SettingsWrong, WrongUse
from appliance.model import Identity
from appliance.roster.names import nodes_of
from appliance.selection import quotas
from appliance.selection.quotas import Entry, Quota
from appliance.station import Station

_KEYS = {"category", "stage", "subject", "number", "ratio", "why"}


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
    nodes = rosters.lines(catalog.db, "nodes")
    entries = [entry(row, nodes, edition.stages) for row in chosen.lessons(catalog.db, box.settings.profile_of)]
    remarks = quotas.check(entries, rows, chosen.reasons(catalog.db), edition.selection, names)
    wrong = any(one.level == "error" for one in remarks)
    data = [{"level": one.level, "says": one.says, "lessons": list(one.lessons)} for one in remarks]
    marks = {"error": "超出", "warning": "提醒", "info": "　　"}
    text = "\n".join(f"{marks[one.level]}  {one.says}" for one in remarks)
    return Answer({"ok": not wrong, "remarks": data}, text, int(wrong))


def entry(row: dict[str, Any], nodes: Sequence[Mapping[str, Any]], stages: Mapping[str, str]) -> Entry:
    kept = {name: row[name] for name in ("no", "title", "category", "stage", "subject", "chosen")}
    return Entry(**kept, node=node(row, nodes, stages))


def node(row: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]], stages: Mapping[str, str]) -> str:
    """The open node that the lesson stands for, where the imported catalogue has just one; else its own words."""
    words = {name: row[name] for name in ("title", "stage", "grade", "subject", "textbook", "volume")}
    found = nodes_of(Identity(**words), stages.get(row["stage"], ""), nodes)
    if len(found) == 1:
        return f"节点 {found[0]}"
    return quotas.node_of(*(row[name] for name in ("textbook", "stage", "subject", "grade", "volume", "title")))


def read(path: Path, must_be: bool) -> list[Quota]:
    """Raises `NotFound`, `SettingsWrong`. Without a file there is no quota: shares and nodes are checked all the same."""
    if not path.exists():
        if must_be:
            raise NotFound(f"没有名额文件 {path}")
        return []
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("quota", [])
        return [_quota(row) for row in rows]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, ValueError, ZeroDivisionError) as error:
        raise SettingsWrong(f"名额文件 {path.name} 读不懂：{error}", remedy="请按手册改正 quota.toml") from error


def _quota(row: dict[str, Any]) -> Quota:
    if unknown := set(row) - _KEYS:
        raise ValueError(f"不认识的“{'、'.join(sorted(unknown))}”")
    if ("number" in row) == ("ratio" in row):
        raise ValueError("每一条要有 number 或 ratio，只能有一个")
    ratio = Fraction(str(row["ratio"])) if "ratio" in row else None
    words = {name: str(row.get(name, "")) for name in ("category", "stage", "subject", "why")}
    return Quota(**words, number=int(row["number"]) if "number" in row else None, ratio=ratio)


def _show(args: argparse.Namespace, box: Station, rows: list[Quota]) -> Answer:
    edition = box.edition()
    names = {**edition.categories, **edition.stages}
    own = [
        {"category": one.category, "stage": one.stage, "subject": one.subject, "number": one.number,
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
    where = node(vars(identity), rosters.lines(catalog.db, "nodes"), box.edition().stages)
    with catalog.writing() as db:
        chosen.give_reason(db, where, args.reason.strip(), args.by)
        data = {"node": where, "reason": args.reason.strip()}
        journal.append(db, "quota.allow", f"lesson/{args.lesson}", data, actor=args.by)
    return Answer({"lesson": args.lesson, "reason": args.reason.strip()}, f"《{identity.title}》这个节点的理由已记下")
