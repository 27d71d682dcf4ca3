"""`lessonbox board show | try NO… | save NAME --lesson NO… [--reason KEY=TEXT] | decide PROPOSAL --by U --second U | drop
PROPOSAL --reason TEXT | list`: 遴选. `decide` asks for both passwords, from the keyboard or two lines of standard input."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from appliance import signing_in
from appliance.catalog import Catalog, proposals, users
from appliance.cli import Answer, ask, station
from appliance.errors import NotAllowed, WrongUse
from appliance.selection import board as selection
from appliance.selection import proposing
from appliance.station import Station


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=sorted(_ACTIONS))
    parser.add_argument("what", nargs="?", default="", metavar="WHAT", help="save：方案的名字；decide、drop：方案的号")
    parser.add_argument("--lesson", type=int, nargs="+", default=[], metavar="NO")
    parser.add_argument(
        "--reason", action="append", default=[], metavar="KEY=TEXT", help="try 列出要理由的 KEY；drop：理由"
    )
    parser.add_argument("--by", default="命令行", metavar="USER")
    parser.add_argument("--second", default="", metavar="USER", help="decide：另一个人的登录名")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    return _ACTIONS[args.action](args, box, box.catalog())


def _show(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    lines = selection.board(box, catalog.db, box.edition()).lines
    rows = [
        {"no": one.entry.no, "title": one.entry.title, "rank": one.entry.rank, "score": one.score, "fixed": one.fixed,
         "chosen": one.entry.chosen, "lacks": list(one.lacks)}
        for one in lines
    ]  # fmt: skip
    marks = {True: "已定", False: "　　"}
    text = "\n".join(
        f"{marks[one.entry.chosen]}  第 {one.entry.no} 号  {one.entry.title}  {one.place}  {one.score}" for one in lines
    )
    return Answer({"lessons": rows}, text or "现在没有可以遴选的课例")


def _try(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    """Exit code 1: there is something to solve, or to give a reason for."""
    remarks = selection.look(selection.board(box, catalog.db, box.edition()), args.lesson, box.edition(), {})
    against = selection.objections(remarks, _reasons(args.reason))
    rows = [{"level": one.level, "says": one.says, "lessons": list(one.lessons), "key": one.key} for one in remarks]
    text = "\n".join(f"{one.says}{f'  [{one.key}]' if one.key and one.level != 'info' else ''}" for one in remarks)
    return Answer({"ok": not against, "remarks": rows}, text, int(bool(against)))


def _save(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    number = proposing.save(catalog, box, box.edition(), args.what, args.lesson, _reasons(args.reason), args.by)
    return Answer(proposals.by_id(catalog.db, number), f"存成第 {number} 个方案")


def _decide(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    first = signing_in.check(catalog, args.by, ask("您的密码："))
    if first["role"] != "approver":
        raise NotAllowed(f"{args.by}的角色不能定方案", remedy="请审批人来定")
    second = signing_in.second(catalog, args.by, args.second, ask("另一个人的密码："), users.SELECTORS)
    made = proposing.decide_on(catalog, box, box.edition(), _number(args), args.by, second)
    return Answer({"proposal": _number(args), "lessons": made}, f"已定，{len(made)} 节成为初步人选")


def _drop(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    proposing.drop(catalog, _number(args), " ".join(args.reason), args.by)
    return Answer({"proposal": _number(args)}, "不用这个方案")


def _list(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    rows = proposals.everything(catalog.db)
    said = {"": "待两个人定", proposals.DECIDED: "已定", proposals.DROPPED: "不用"}
    lines = [f"{one['id']}  {one['name']}  {len(one['chosen'])} 节  {said[one['outcome']]}" for one in rows]
    return Answer({"proposals": rows}, "\n".join(lines) or "还没有方案")


def _reasons(given: Sequence[str]) -> dict[str, str]:
    pairs = [text.rpartition("=") for text in given]
    return {key: text for key, sign, text in pairs if sign}


def _number(args: argparse.Namespace) -> int:
    if not (args.what.isascii() and args.what.isdecimal()):
        raise WrongUse("要写方案的号")
    return int(args.what)


_ACTIONS: dict[str, Callable[[argparse.Namespace, Station, Catalog], Answer]] = {
    "show": _show, "try": _try, "save": _save, "decide": _decide, "drop": _drop, "list": _list,
}  # fmt: skip
