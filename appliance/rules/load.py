"""Reads an edition from its folder of TOML files, once. Raises `NotFound`, `EditionWrong`."""

from __future__ import annotations

import functools
import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appliance.errors import EditionWrong, NotFound
from appliance.model import Outcome, Severity
from appliance.rules.edition import Applies, Asked, Case, Clause, Deadline, Edition, Question, Remedies, Rule, Section

EDITIONS = Path(__file__).resolve().parent.parent / "editions"
FILES = (
    "edition", "materials", "rules", "sections", "subjects", "quotas", "rubrics", "selection", "tolerances",
    "aliases", "checklist", "remedies", "clauses",
)  # fmt: skip
_MAY_MISS = ("aliases",)  # without other spellings an edition still judges; it only recognises less
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,31}")


@functools.cache
def load(edition_id: str) -> Edition:
    if not known(edition_id):
        names = "、".join(sorted(path.name for path in EDITIONS.iterdir() if path.is_dir()))
        raise NotFound(f"没有年度规则 {edition_id!r}，现有：{names}")
    return read(EDITIONS / edition_id)


def known(edition_id: str) -> bool:
    return bool(_ID.fullmatch(edition_id)) and (EDITIONS / edition_id).is_dir()


def read(folder: Path) -> Edition:
    return edition_of(folder.name, read_raw(folder), hash_of(folder))


def edition_of(name: str, raw: Mapping[str, Any], digest: str) -> Edition:
    """`raw` as `read_raw` gives it. Raises `EditionWrong`."""
    try:
        return _edition(raw, digest)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EditionWrong(f"年度规则 {name} 读不懂：{error!r}") from error


def read_raw(folder: Path) -> dict[str, Any]:
    """The files as they stand: {file name without suffix: its table}."""
    raw: dict[str, Any] = {}
    for name in FILES:
        if name in _MAY_MISS and not (folder / f"{name}.toml").exists():
            raw[name] = {}
            continue
        try:
            raw[name] = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
        except FileNotFoundError as error:
            raise EditionWrong(f"年度规则 {folder.name} 缺少 {name}.toml") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise EditionWrong(f"{name}.toml 读不懂：{error}") from error
    return raw


def hash_of(folder: Path) -> str:
    """SHA-256 over the names and hashes of all TOML files, in the order of names."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        one = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{one}  {path.relative_to(folder).as_posix()}\n".encode())
    return total.hexdigest()


def rows_of(rules: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rule rows, with each `also` unfolded: the same rule under another clause, for other lessons."""
    rows: list[dict[str, Any]] = []
    for row in rules["rule"]:
        base = {key: value for key, value in row.items() if key != "also"}
        rows.append(base)
        for also in row.get("also", ()):
            rows.append({**base, **also, "limits": {**base.get("limits", {}), **also.get("limits", {})}})
    return rows


def _edition(raw: Mapping[str, Any], digest: str) -> Edition:
    head = raw["edition"]
    tolerances = raw["tolerances"]
    groups = {name: tuple(stages) for name, stages in head["stage_groups"].items()}
    return Edition(
        id=head["id"], title=head["title"], notice=head["notice"], hash=digest,
        categories=head["categories"], stages=head["stages"], stage_groups=groups, phases=head["phases"],
        special_kinds=head["special_kinds"], roles=head["roles"], film=frozenset(head["role_traits"]["film"]),
        many=frozenset(head["role_traits"]["many"]),
        dates={name: Deadline(row["what"], row["day"], row["clause"]) for name, row in head["dates"].items()},
        title_card={category: tuple(fields) for category, fields in head["title_card"].items()},
        materials={category: tuple(_asked(role, row) for role, row in rows.items())
                   for category, rows in raw["materials"].items()},
        sections={(category, role): tuple(Section(name, tuple(words)) for name, words in wanted.items())
                  for category, roles in raw["sections"].items() for role, wanted in roles.items()},
        subjects={category: {stage: tuple(names) for stage, names in stages.items()}
                  for category, stages in raw["subjects"].items()},
        quotas={name: tuple(row) for name, row in raw["quotas"]["provinces"].items()},
        rubrics=raw["rubrics"], selection=raw["selection"], tolerances=tolerances, aliases=raw["aliases"], wording=raw["rules"]["wording"],
        clauses={name: Clause(row["place"], tuple(row["how"]), row["says"]) for name, row in raw["clauses"].items()},
        rules=tuple(_rule(row, tolerances, groups) for row in rows_of(raw["rules"])),
        remedies=_remedies(raw["remedies"]),
        checklist=tuple(_question(clause, row, groups) for clause, row in raw["checklist"]["item"].items()),
        approval_needs=raw["checklist"]["approval"]["value"],
    )  # fmt: skip


def _asked(role: str, row: Mapping[str, Any]) -> Asked:
    need = {"design": row["design"], "production": row["production"]}
    return Asked(role, need, row["per"], row.get("one", False))


def _remedies(raw: Mapping[str, Any]) -> Remedies:
    steps = {kind: {name: tuple(rows) for name, rows in table.items()} for kind, table in raw["steps"].items()}
    return Remedies(steps, {name: tuple(words) for name, words in raw["marks"].items()}, tuple(raw["default"]))


def _question(clause: str, row: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Question:
    return Question(clause, row["place"], row["question"], _applies(row, groups), frozenset(row["who"]))


def _rule(row: Mapping[str, Any], tolerances: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Rule:
    severity = row["severity"]
    cases = {name: _case(case, severity) for name, case in row["cases"].items()}
    written = row.get("limits", {})
    limits = {name: _value(value, tolerances) for name, value in written.items()}
    named = {name: value[1:] for name, value in written.items() if isinstance(value, str) and value.startswith("@")}
    return Rule(row["id"], row["clause"], row["place"], row["kind"], _applies(row, groups), limits, cases, named)


def _case(case: Mapping[str, str], severity: str) -> Case:
    return Case(
        case["says"],
        case["fix"],
        Severity(case.get("severity", severity)),
        Outcome(case.get("outcome", "fail")),
    )


def _value(value: Any, tolerances: Mapping[str, Any]) -> Any:
    """`"@name"` stands for the tolerance of that name."""
    if isinstance(value, str) and value.startswith("@"):
        return tolerances[value[1:]]["value"]
    return value


def _applies(row: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Applies:
    where = row.get("applies", {})
    stages = tuple(one for stage in where.get("stage", ()) for one in groups.get(stage, (stage,)))
    return Applies(
        tuple(where.get("category", ())), stages, tuple(where.get("phase", ())), tuple(where.get("role", ()))
    )
