"""`lessonbox screening begin NAME --lesson NO… --seed WORD | list | show N | fill N | codes N | say READING … | take-off
READING --reason TEXT | close N`: 初筛, experts read designs without names."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Callable
from dataclasses import asdict

from appliance import judge_codes
from appliance.catalog import Catalog, screenings
from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.selection import profiles
from appliance.selection.screening import opinions, rounds
from appliance.station import Station


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=sorted(_ACTIONS))
    parser.add_argument(
        "what", nargs="?", default="", metavar="WHAT", help="begin：名称；say、take-off：评阅的号；其余：第几轮"
    )
    parser.add_argument("--lesson", type=int, nargs="+", default=[], metavar="NO")
    parser.add_argument("--expert", nargs="+", default=[], metavar="NAME", help="评委名册里的姓名；不写就是全部")
    parser.add_argument("--readers", type=int, default=0, help="每节课几位专家（默认按年度规则）")
    parser.add_argument("--seed", default="", help="当场念的词")
    parser.add_argument("--says", choices=sorted(opinions.SAYS), default="")
    parser.add_argument("--answer", nargs="+", default=[], metavar="CLAUSE=yes|no|na")
    parser.add_argument("--reason", default="")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    return _ACTIONS[args.action](args, box, box.catalog())


def _begin(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    edition = box.edition()
    readers = args.readers or edition.selection["screening"]["readers"]
    asked = rounds.Asked(args.what, tuple(args.lesson), readers, args.seed, tuple(args.expert))
    known = profiles.read(edition.selection, box.settings.profile_of)
    return _told(rounds.begin(catalog, asked, known, edition, args.by))


def _fill(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    return _told(rounds.fill_up(catalog, _number(args), args.expert, args.by))


def _told(given: rounds.Given) -> Answer:
    lines = [f"第 {no} 号：{'、'.join(names) or '没有人能看'}" for no, names in given.plan.items()]
    lines += [f"第 {no} 号还差 {n} 位专家" for no, n in given.short.items()]
    return Answer(asdict(given), "\n".join([f"第 {given.screening} 轮", *lines]), int(bool(given.short)))


def _list(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    rows = screenings.everything(catalog.db)
    return Answer({"rounds": rows}, "\n".join(f"第 {one['id']} 轮  {one['name']}" for one in rows) or "还没有分过")


def _show(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    row, rows = screenings.by_id(catalog.db, _number(args)), screenings.readings(catalog.db, _number(args))
    found = opinions.standings(rows)
    lines = [f"第 {one.no} 号：{one.done} / {one.given}，{one.verdict}" for one in found]
    lines += [
        f"  评阅 {r['id']}  第 {r['lesson']} 号  {r['expert']}  {r['ended'] or opinions.SAYS.get(r['says'], '还没有说')}"
        for r in rows
    ]
    data = {"round": row, "lessons": [{"no": one.no, "verdict": one.verdict} for one in found], "readings": rows}
    return Answer(data, "\n".join(lines))


def _codes(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    rows = screenings.readings(catalog.db, _number(args))
    inside = sorted({one["expert"] for one in rows if not one["ended"]})
    made = [judge_codes.make(catalog, name, args.by) for name in inside if not args.expert or name in args.expert]
    data = [{"expert": one.judge, "code": one.code} for one in made]
    return Answer({"codes": data}, "\n".join(f"{one.judge}  {one.code}" for one in made))


def _say(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    pairs = [pair.partition("=") for pair in args.answer]
    if len(args.expert) != 1 or any(not sign for _, sign, _ in pairs):
        raise WrongUse("要写一位 --expert，--answer 写成 G4=yes")
    answers = {clause: value for clause, _, value in pairs}
    sheet = opinions.Sheet(args.says, args.reason, answers, secrets.token_hex(12))
    opinions.say(catalog, box.edition(), _number(args), args.expert[0], sheet)
    return Answer({"reading": _number(args), "says": args.says}, f"已记下：{opinions.SAYS[args.says]}")


def _take_off(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    rounds.take_off(catalog, _number(args), args.reason, args.by)
    return Answer({"reading": _number(args)}, "已收回；用 fill 补分给别的专家")


def _close(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    rounds.close(catalog, _number(args), args.by)
    return Answer({"round": _number(args)}, "这一轮已结束")


def _number(args: argparse.Namespace) -> int:
    if not (args.what.isascii() and args.what.isdecimal()):
        raise WrongUse("要写一个号")
    return int(args.what)


_ACTIONS: dict[str, Callable[[argparse.Namespace, Station, Catalog], Answer]] = {
    "begin": _begin, "fill": _fill, "list": _list, "show": _show, "codes": _codes, "say": _say, "take-off": _take_off,
    "close": _close,
}  # fmt: skip
