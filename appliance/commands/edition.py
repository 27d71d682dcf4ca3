"""`lessonbox edition show|lint`: the rules of a year, as data."""

from __future__ import annotations

import argparse
from typing import Any

from appliance.cli import Answer
from appliance.rules.edition import Edition
from appliance.rules.lint import lint
from appliance.rules.load import EDITIONS, load

_LINT_FAILED = 37  # as `EditionWrong`


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("show", "lint"), help="show 看规则；lint 查规则有没有写错")
    parser.add_argument("edition", nargs="?", default="2024", help="年度规则（默认 %(default)s）")


def run(args: argparse.Namespace) -> Answer:
    edition = load(args.edition) if args.action == "show" else None
    if edition:
        return Answer(_data(edition), _text(edition))
    problems = lint(EDITIONS / args.edition)
    text = "\n".join(problems) or f"年度规则 {args.edition} 没有写错"
    return Answer({"ok": not problems, "problems": problems}, text, _LINT_FAILED if problems else 0)


def _data(edition: Edition) -> dict[str, Any]:
    rules = [
        {"id": rule.id, "clause": rule.clause, "place": rule.place, "kind": rule.kind, "limits": dict(rule.limits),
         "cases": {name: {"severity": case.severity, "outcome": case.outcome, "says": case.says, "fix": case.fix}
                   for name, case in rule.cases.items()}}
        for rule in edition.rules
    ]  # fmt: skip
    return {
        "id": edition.id, "hash": edition.hash, "title": edition.title, "notice": edition.notice,
        "categories": dict(edition.categories), "stages": dict(edition.stages), "roles": dict(edition.roles),
        "tolerances": dict(edition.tolerances), "rules": rules,
    }  # fmt: skip


def _text(edition: Edition) -> str:
    lines = [f"{edition.title}（{edition.notice}）", f"规则指纹 {edition.hash}", ""]
    for rule in edition.rules:
        lines.append(f"{rule.clause:<4} {rule.id}  {rule.place}")
        lines += [f"       {case.severity}：{case.says}。{case.fix}。" for case in rule.cases.values()]
    return "\n".join(lines)
