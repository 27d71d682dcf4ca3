"""`lessonbox user list|add|password|disable`: people. The password is read from standard input, never an argument
(arguments are seen by every process)."""

from __future__ import annotations

import argparse

from appliance import journal, passwords
from appliance.catalog import users
from appliance.cli import Answer, ask, station
from appliance.errors import WrongUse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["list", "add", "password", "disable"])
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--role", choices=[*users.ROLES], default="clerk")
    parser.add_argument("--shown", default="", help="屏幕上的姓名")


def run(args: argparse.Namespace) -> Answer:
    catalog = station(args).catalog()
    if args.action == "list":
        rows = users.everyone(catalog.db)
        data = [{k: row[k] for k in ("name", "role", "disabled")} for row in rows]
        return Answer({"users": data}, "\n".join(f"{r['name']}  {r['role']}" for r in rows) or "还没有用户")
    if not args.name:
        raise WrongUse("没有写用户名")
    secret = passwords.hash(_new_password()) if args.action != "disable" else ""
    with catalog.writing() as db:
        if args.action == "add":
            users.create(db, args.name, args.shown, args.role, secret)
        elif args.action == "password":
            users.set_password(db, args.name, secret)
        else:
            users.set_disabled(db, args.name, True)
        journal.append(db, f"user.{args.action}", f"user/{args.name}", {"role": args.role}, actor="命令行")
    return Answer({"name": args.name, "action": args.action}, f"{args.name}：完成")


def _new_password() -> str:
    text = ask("密码：")
    if len(text) < 8:
        raise WrongUse("密码至少 8 位")
    return text
