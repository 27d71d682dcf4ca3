"""`lessonbox edition show|lint|diff|dry-run`: the rules of a year, as data.

With a station's home, its local rules lie over the edition; without one, the edition stands as it is.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from appliance.cli import Answer, station
from appliance.errors import EditionWrong, WrongUse
from appliance.intake.dry_run import dry_run
from appliance.rules.compare import differences, sentence
from appliance.rules.edition import Edition
from appliance.rules.lint import lint
from appliance.rules.load import EDITIONS
from appliance.rules.local import in_force
from appliance.settings import Settings
from appliance.station import Station

_LINT_FAILED = EditionWrong.exit_code
_VERDICTS = {"pass": "合格", "return": "退回补正", "person": "待人工"}


def arguments(parser: argparse.ArgumentParser) -> None:
    says = "show 看规则；lint 查有没有写错；diff A B 两年有什么不同；dry-run 换一套规则，哪些课例的结果会变"
    parser.add_argument("action", choices=("show", "lint", "diff", "dry-run"), help=says)
    parser.add_argument(
        "edition", nargs="*", help=f"年度规则（默认站点的，没有站点时 {Settings.edition}）；here 指站点现在用的"
    )
    parser.add_argument("--overlay", type=Path, action="append", default=[], metavar="FILE", help="试加这份地方规则")


def run(args: argparse.Namespace) -> Answer:
    """Raises `NotFound`, `EditionWrong`, `NotAStation`, `WrongUse`."""
    wanted = 2 if args.action == "diff" else 1
    if len(args.edition) > wanted or (args.action == "diff" and len(args.edition) < wanted):
        raise WrongUse(f"edition {args.action} 要写 {wanted} 个年度规则")
    box = station(args) if args.action == "dry-run" or (args.home / "station.toml").is_file() else None
    names = args.edition or [box.settings.edition if box else Settings.edition]
    if args.action == "lint":
        return _lint(box, names[0], args.overlay)
    if args.action == "diff":
        return _diff(*(_edition(box, name, args.overlay) for name in names))
    edition = _edition(box, names[0], args.overlay)
    return _dry_run(box, edition) if args.action == "dry-run" and box else Answer(_data(edition), _text(edition))


def _edition(box: Station | None, name: str, more: list[Path]) -> Edition:
    if box and name == "here":
        return box.edition()
    return in_force(name, box.folder("editions") if box else None, more)


def _lint(box: Station | None, name: str, more: list[Path]) -> Answer:
    found = lint(EDITIONS / name)
    if not found:
        try:
            _edition(box, name, more)
        except EditionWrong as error:
            found = [error.what]
    text = "\n".join(found) or f"年度规则 {name} 没有写错"
    return Answer({"ok": not found, "problems": found}, text, _LINT_FAILED if found else 0)


def _diff(first: Edition, second: Edition) -> Answer:
    rows = differences(first, second)
    data = {"editions": [{"id": one.id, "hash": one.hash} for one in (first, second)], "differences": rows}
    return Answer(data, "\n".join(map(sentence, rows)) or "没有不同")


def _dry_run(box: Station, edition: Edition) -> Answer:
    now = box.edition()
    rows = list(dry_run(box.catalog().db, box.settings.profile_of, now, edition))
    lines = [f"{len(rows)} 节课例的结果会变"]
    for row in rows:
        lines.append(f"第 {row['no']} 号《{row['title']}》{_VERDICTS[row['was']]} → {_VERDICTS[row['would']]}")
        lines += [f"  多了：{text}" for text in row["gained"]] + [f"  少了：{text}" for text in row["lost"]]
    editions = [{"id": one.id, "hash": one.hash} for one in (now, edition)]
    return Answer({"editions": editions, "lessons": rows}, "\n".join(lines))


def _data(edition: Edition) -> dict[str, Any]:
    rules = [
        {"id": rule.id, "clause": rule.clause, "place": rule.place, "kind": rule.kind, "limits": dict(rule.limits),
         "cases": {name: {"severity": case.severity, "outcome": case.outcome, "says": case.says, "fix": case.fix}
                   for name, case in rule.cases.items()}}
        for rule in edition.rules
    ]  # fmt: skip
    return {
        "id": edition.id, "hash": edition.hash, "title": edition.title, "notice": edition.notice,
        "layers": list(edition.layers),
        "categories": dict(edition.categories), "stages": dict(edition.stages), "roles": dict(edition.roles),
        "tolerances": dict(edition.tolerances), "rules": rules,
    }  # fmt: skip


def _text(edition: Edition) -> str:
    lines = [f"{edition.title}（{edition.notice}）", f"规则指纹 {edition.hash}", ""]
    lines[2:2] = [f"地方规则 {layer}" for layer in edition.layers]
    for rule in edition.rules:
        lines.append(f"{rule.clause:<4} {rule.id}  {rule.place}")
        lines += [f"       {case.severity}：{case.says}。{case.fix}。" for case in rule.cases.values()]
    return "\n".join(lines)
