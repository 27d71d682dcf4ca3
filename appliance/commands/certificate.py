"""`lessonbox certificate issue NO… --honour TEXT --out FILE | verify NUMBER --check LETTERS | revoke NUMBER --reason TEXT`:
证书."""

from __future__ import annotations

import argparse
from pathlib import Path

from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.reports.certificate import certificates as paper
from appliance.selection import certificates
from appliance.store.files import replacing


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("issue", "verify", "revoke"))
    parser.add_argument("what", nargs="+", metavar="NO", help="issue：课例的号；verify：证书编号；revoke：证书的序号")
    parser.add_argument("--honour", default="", help="评为什么，例如 县级基础教育精品课")
    parser.add_argument("--out", type=Path, help="issue：打印件写到这里")
    parser.add_argument("--check", default="", help="verify：校验码")
    parser.add_argument("--reason", default="")
    parser.add_argument("--by", default="命令行", metavar="USER")


def run(args: argparse.Namespace) -> Answer:
    box = station(args)
    catalog = box.catalog()
    if args.action == "verify":
        found = certificates.verify(catalog, args.what[0], args.check)
        held = f"已收回：{found['revoked']}" if found["revoked"] else "有效"
        return Answer(found, f"{found['teacher']}《{found['title']}》{found['honour']}，{held}")
    if not all(no.isdecimal() for no in args.what):
        raise WrongUse("号要写数字")
    if args.action == "revoke":
        certificates.revoke(catalog, int(args.what[0]), args.reason, args.by)
        return Answer({"revoked": int(args.what[0])}, "已收回")
    made = certificates.issue(box, catalog, [int(no) for no in args.what], args.honour, args.by)
    if args.out:
        with replacing(args.out.absolute(), 0o644) as out:
            out.write(paper(made).encode())
    return Answer(
        {"certificates": made}, "\n".join(f"{one['number']}  {one['check']}  {one['teacher']}" for one in made)
    )
