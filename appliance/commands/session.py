"""`lessonbox session create|add|judges|codes|school|recuse|override|release|vote|close|show|list`: trial lessons (试讲场次)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from appliance import judge_codes, signing_in
from appliance.catalog import Catalog, panels, sessions, users
from appliance.cli import Answer, ask, station
from appliance.errors import WrongUse
from appliance.model import Identity
from appliance.selection import conferring, export, recusal, scoresheet, seating, sheet, trial
from appliance.station import Station


def arguments(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True)
    create = _step(steps, "create", "建一场")
    create.add_argument("name", help="如“小学数学第一场”")
    create.add_argument("--category", required=True, help="subject、special 或 experiment，决定量表")
    create.add_argument("--stage", default="")
    create.add_argument("--subject", default="")
    create.add_argument("--room", default="")
    create.add_argument("--head", default="", metavar="USER", help="组长的登录名：前几节由组长放行，结束要组长签名")
    create.add_argument("--leave-out", action="append", default=[], metavar="ID", help="本场不评的项，其余折算成满分")
    add = _step(steps, "add", "课例排进场次", "SESSION")
    add.add_argument("lessons", type=int, nargs="+", metavar="LESSON")
    judges = _step(steps, "judges", "一位评委进场次", "SESSION")
    judges.add_argument("judge")
    judges.add_argument("--school", required=True)
    judges.add_argument("--subject", action="append", default=[])
    judges.add_argument("--coached", action="append", default=[], metavar="TEACHER", help="指导过的教师")
    judges.add_argument("--observer", action="store_true", help="观摩评委：分另记，不算成绩")
    judges.add_argument("--replaces", default="", metavar="JUDGE", help="接替谁（抽签以后只能接替）")
    judges.add_argument("--reason", default="", help="为什么换评委")
    judges.add_argument("--kin", action="append", default=[], metavar="TEACHER", help="有亲属关系的教师")
    codes = _step(steps, "codes", "评委的入场码，只显示这一次", "SESSION")
    codes.add_argument("judges", nargs="*", metavar="JUDGE", help="不写就是这一场的全部评委；旧码随即作废")
    school = _step(steps, "school", "学校的其他叫法和集团")
    school.add_argument("school")
    school.add_argument("others", nargs="*", metavar="OTHER")
    school.add_argument("--group", default="", help="所属教育集团")
    for name, title in (("recuse", "评委申明回避"), ("override", "两个人解除回避")):
        step = _step(steps, name, title, "SESSION")
        step.add_argument("lesson", type=int, metavar="LESSON")
        step.add_argument("--judge", required=True)
        step.add_argument("--reason", required=True)
        step.add_argument("--second", default="", help="override：另一个同意的用户，密码从标准输入读")
    release = _step(steps, "release", "组长放行前几节", "SESSION")
    release.add_argument("--reason", default="", help="前几节有没打好的，为什么不等")
    vote = _step(steps, "vote", "同分表决", "SESSION")
    vote.add_argument("lessons", type=int, nargs="+", metavar="LESSON")
    vote.add_argument("--vote", action="append", required=True, metavar="JUDGE=LESSON")
    close = _step(steps, "close", "结束，锁定评分", "SESSION")
    close.add_argument("--reason", default="", help="有评分没交时，为什么不等")
    close.add_argument("--second", default="", metavar="USER", help="一起签名的用户，密码从标准输入读")
    _step(steps, "show", "一场的情况", "SESSION")
    _step(steps, "list", "全部场次")


def _step(steps: Any, name: str, title: str, session: str = "") -> argparse.ArgumentParser:
    """`--home`, `--json` also after the step's name, as everywhere else on the command line."""
    parser: argparse.ArgumentParser = steps.add_parser(name, help=title, description=title)
    parser.add_argument("--home", type=Path, default=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    parser.add_argument("--by", default="命令行", metavar="USER")
    if session:
        parser.add_argument("session", type=int, metavar=session)
    return parser


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    return STEPS[args.step](args, box, box.catalog())


def _create(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    if args.stage and args.stage not in box.edition().stages:
        raise WrongUse(f"没有这个学段：{args.stage}")
    session = trial.create(
        catalog,
        box.edition(),
        args.name,
        args.category,
        args.stage,
        args.subject,
        args.room,
        args.leave_out,
        args.by,
        args.head,
    )
    return Answer({"session": session}, f"第 {session} 场“{args.name}”已建好")


def _codes(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    inside = [judge["name"] for judge in panels.judges_of(catalog.db, args.session)]
    for judge in args.judges:
        panels.judge_of(catalog.db, args.session, judge)
    made = [judge_codes.make(catalog, judge, args.by) for judge in args.judges or inside]
    rows = [{"judge": one.judge, "code": one.code} for one in made]
    return Answer({"codes": rows}, "\n".join(f"{one.judge}  {one.code}" for one in made) or "这一场还没有评委")


def _add(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    row = sessions.by_id(catalog.db, args.session)
    profile = box.settings.profile_of(Identity(category=row["category"], stage=row["stage"]))
    added = trial.add(catalog, args.session, args.lessons, profile, args.by)
    return Answer({"session": args.session, "added": added}, f"排进 {len(added)} 节课例")


def _judges(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    who = seating.Person(args.judge, args.school, args.subject, args.coached, args.kin)
    kind = panels.OBSERVER if args.observer else panels.JUDGE
    seating.seat(catalog, args.session, who, args.by, kind, args.replaces, args.reason)
    return _show(args, box, catalog)


def _school(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    recusal.call_school(catalog, args.school, args.others, args.group, args.by)
    names, groups = panels.schools(catalog.db)
    return Answer({"names": names, "groups": groups}, f"已记下{args.school}")


def _recuse(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    recusal.declare(catalog, args.session, args.lesson, args.judge, args.reason, args.by)
    return _show(args, box, catalog)


def _override(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    second = signing_in.second(catalog, args.by, args.second, ask("另一个人的密码："), users.SELECTORS)
    recusal.override(catalog, args.session, args.lesson, args.judge, args.reason, args.by, second)
    return _show(args, box, catalog)


def _release(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    conferring.release(catalog, args.session, args.by, args.reason)
    return _show(args, box, catalog)


def _vote(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    choices: dict[str, int] = {}
    for one in args.vote:
        judge, _, no = one.rpartition("=")
        if not judge or not no.isdecimal():
            raise WrongUse(f"看不懂“{one}”，应写成 评委=课例号")
        if judge in choices:
            raise WrongUse(f"{judge}投了两次，每人一票")
        choices[judge] = int(no)
    vote = scoresheet.vote(catalog, args.session, args.lessons, choices, args.by)
    return Answer({"session": args.session, "vote": vote}, f"表决已记下，共 {len(choices)} 票")


def _close(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    second = ""
    if args.second:
        second = signing_in.second(catalog, args.by, args.second, ask("另一个人的密码："), users.SELECTORS)
    done = trial.close(catalog, args.session, args.by, args.reason, second)
    return Answer({"session": args.session, **done}, f"第 {args.session} 场已结束，评分锁定，指纹 {done['sha256']}")


def _show(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    """No points: who has scored, who is recused, what is missing."""
    row = sessions.by_id(catalog.db, args.session)
    data = export.of_session(catalog.db, args.session)
    recused = [
        {"lesson": each["no"], "judge": judge, "reason": reason}
        for each in data["lessons"]
        for judge, reason in sheet.recused_judges(data["recusals"], each["no"]).items()
    ]
    shown = {
        **data["session"], "seed": row["seed"], "left_out": data["rubric"]["left_out"], "lessons": data["lessons"],
        "judges": data["judges"], "recused": recused, "missing": trial.missing(data),
        "closed": sessions.locked(catalog.db, args.session) is not None,
    }  # fmt: skip
    lines = [f"第 {row['id']} 场 {row['name']}  {'已结束' if shown['closed'] else '进行中'}"]
    if shown["left_out"]:
        lines.append(f"本场不评第 {'、'.join(shown['left_out'])} 项，其余折算成满分")
    lines += [f"  第 {each['no']} 号《{each['title']}》  {each['school']}" for each in data["lessons"]]
    lines.append(f"评委：{'、'.join(data['judges']) or '还没有'}")
    lines += [f"回避：第 {each['lesson']} 号 {each['judge']}，{each['reason']}" for each in recused]
    lines.append(f"还没交：{'、'.join(shown['missing']) or '没有'}")
    return Answer(shown, "\n".join(lines))


def _list(args: argparse.Namespace, box: Station, catalog: Catalog) -> Answer:
    rows = [
        {**row, "drawn": bool(row["drawn"]), "closed": bool(row["closed"])} for row in sessions.everything(catalog.db)
    ]
    lines = [f"{row['id']:>3}  {row['name']}  {row['lessons']} 节  {row['judges']} 位评委" for row in rows]
    return Answer({"sessions": rows}, "\n".join(lines) or "还没有场次")


STEPS: dict[str, Callable[[argparse.Namespace, Station, Catalog], Answer]] = {
    "create": _create, "add": _add, "judges": _judges, "codes": _codes, "school": _school, "recuse": _recuse, "override": _override,
    "release": _release, "vote": _vote, "close": _close, "show": _show, "list": _list,
}  # fmt: skip
