"""学校打包器: one HTML file that works from a stick or a desktop without network, made from an edition.

The files beside this one are put together with the edition's words and the rows of `KINDS`; the judges in
`rules.js` say what those in `appliance/rules/kinds` say. What it writes is read by `intake.identify_form`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from appliance.intake import ignore
from appliance.rules.edition import Edition, Rule

NAME = "学校打包器.html"
KINDS = (
    "identified", "presence", "count", "evidence", "scans", "stage_subject", "file_type", "size", "duration", "picture",
)  # fmt: skip
SCRIPTS = (
    "sha256.js", "names.js", "rules.js", "page.js", "folder.js", "fields.js", "findings.js", "form.js", "cover.js",
)  # fmt: skip
_HERE = Path(__file__).parent


def page(edition: Edition) -> str:
    """The whole file. The same edition gives the same bytes."""
    parts = {
        "style": _text("packer.css"),
        "edition": json.dumps(data(edition), ensure_ascii=False).replace("<", "\\u003c"),
        "script": "\n".join(_text(name) for name in SCRIPTS),
    }
    html = _text("page.html")
    for name, text in parts.items():
        before, _, after = html.partition("{{" + name + "}}")
        html = before + text + after
    return html


def data(edition: Edition) -> dict[str, Any]:
    """What the scripts may know of the edition, JSON-able."""
    return {
        "id": edition.id, "hash": edition.hash, "title": edition.title, "categories": dict(edition.categories),
        "stages": dict(edition.stages), "phases": dict(edition.phases), "roles": dict(edition.roles),
        "special_kinds": dict(edition.special_kinds), "subjects": _subjects(edition), "aliases": dict(edition.aliases), "film": sorted(edition.film),
        "subject_names": _words(edition, "subjects"), "asked": _asked(edition),
        **{name: _words(edition, name) for name in ("grades", "textbooks", "volumes")},
        "materials": {category: [{"role": row.role, "need": dict(row.need), "per": row.per, "one": row.one}
                                 for row in rows] for category, rows in edition.materials.items()},
        "rules": [_rule(rule) for rule in edition.rules if rule.kind in KINDS], "ignore": ignore.table(),
    }  # fmt: skip


def _text(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _words(edition: Edition, table: str) -> dict[str, str]:
    return {word: word for word in edition.aliases.get(table, {})}


def _asked(edition: Edition) -> list[dict[str, Any]]:
    """What the form asks beyond the lesson's own fields: facts that no file tells."""
    return [
        {"kind": row["kind"], "title": row["title"], "category": row.get("category", ""),
         "values": {value: value for value in row["values"]}}
        for row in edition.selection["records"]["kinds"] if row.get("form")
    ]  # fmt: skip


def _subjects(edition: Edition) -> dict[str, Any]:
    return {category: {stage: list(names) for stage, names in stages.items()}
            for category, stages in edition.subjects.items()}  # fmt: skip


def _rule(rule: Rule) -> dict[str, Any]:
    where = rule.applies
    return {
        "id": rule.id, "clause": rule.clause, "place": rule.place, "kind": rule.kind, "limits": dict(rule.limits),
        "applies": {"category": where.category, "stage": where.stage, "phase": where.phase, "role": where.role},
        "cases": {name: {"says": case.says, "fix": case.fix, "severity": case.severity, "outcome": case.outcome}
                  for name, case in rule.cases.items()},
    }  # fmt: skip
