"""Looks for mistakes in an edition's files: unknown keys, kinds, fields and words; weights and quotas that do not
add up. Returns sentences for whoever writes editions; an empty list is a sound edition."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from appliance.errors import EditionWrong
from appliance.model import Outcome, Phase, Severity
from appliance.rules import lint_for_people as for_people
from appliance.rules.hard import out_of_bounds
from appliance.rules.kinds import KINDS
from appliance.rules.lint_words import applies as _applies
from appliance.rules.lint_words import unknown as _unknown
from appliance.rules.load import read, read_raw, rows_of

_EDITION_KEYS = {
    "id", "title", "notice", "categories", "stages", "stage_groups", "phases", "special_kinds", "roles",
    "role_traits", "dates", "title_card",
}  # fmt: skip
_ROW_KEYS = {"id", "clause", "place", "kind", "applies", "limits", "severity", "cases"}
_CASE_KEYS = {"says", "fix", "severity", "outcome"}
_MATERIAL_KEYS = {"design", "production", "per", "one"}
_NEEDS = ("required", "advised", "optional", "none")
_HOWS = ("auto", "assist", "human", "record", "report", "aim")
_WORDING = {"undetermined_says", "undetermined_fix"}


def lint(folder: Path) -> list[str]:
    try:
        raw = read_raw(folder)
        read(folder)
    except EditionWrong as error:
        return [error.what]
    except FileNotFoundError:
        return [f"没有年度规则 {folder.name}"]
    return problems(raw)


def problems(raw: Mapping[str, Any]) -> list[str]:
    """`raw` as `load.read_raw` gives it, with what lies over it merged in or not."""
    return [
        *_head(raw), *_materials(raw), *_rules(raw), *_sections(raw), *_sums(raw), *_tolerances(raw), *_aliases(raw),
        *_selection(raw), *for_people.problems(raw), *_clauses(raw),
    ]  # fmt: skip


def _head(raw: Mapping[str, Any]) -> Iterator[str]:
    head = raw["edition"]
    yield from _unknown("edition.toml", head, _EDITION_KEYS)
    yield from _unknown("edition.toml 的 phases", head["phases"], [phase.value for phase in Phase])
    yield from _unknown("edition.toml 的 title_card", head["title_card"], head["categories"])
    yield from _unknown("edition.toml 的 role_traits", head["role_traits"], ("film", "many"))
    for name, roles in head["role_traits"].items():
        yield from _unknown(f"edition.toml 的 role_traits.{name}", roles, head["roles"])
    for name, row in head["dates"].items():
        yield from _unknown(f"edition.toml 的 dates.{name}", row, ("day", "what", "clause"))
    for name, stages in head["stage_groups"].items():
        yield from _unknown(f"edition.toml 的 stage_groups.{name}", stages, head["stages"])


def _materials(raw: Mapping[str, Any]) -> Iterator[str]:
    head = raw["edition"]
    yield from _unknown("materials.toml", raw["materials"], head["categories"])
    for category, rows in raw["materials"].items():
        yield from _unknown(f"materials.toml 的 {category}", rows, head["roles"])
        for role, row in rows.items():
            where = f"materials.toml 的 {category}.{role}"
            yield from _unknown(where, row, _MATERIAL_KEYS)
            yield from _unknown(where, [row["design"], row["production"]], _NEEDS)
            yield from _unknown(where, [row["per"]], ("period", "lesson"))


def _rules(raw: Mapping[str, Any]) -> Iterator[str]:
    yield from _unknown("rules.toml", raw["rules"], {"wording", "rule"})
    yield from _unknown("rules.toml 的 wording", raw["rules"]["wording"], _WORDING)
    seen: set[str] = set()
    for row in rows_of(raw["rules"]):
        where = f"rules.toml 的 {row['id']}"
        if row["id"] in seen:
            yield f"{where}：这个名字用了两次"
        seen.add(row["id"])
        yield from _unknown(where, row, _ROW_KEYS)
        yield from _applies(where, row.get("applies", {}), raw["edition"])
        if row["kind"] not in KINDS:
            yield f"{where}：没有“{row['kind']}”这种规则"
        else:
            yield from _of_kind(where, row, raw["tolerances"])


def _of_kind(where: str, row: Mapping[str, Any], tolerances: Mapping[str, Any]) -> Iterator[str]:
    kind = KINDS[row["kind"]]
    limits = row.get("limits", {})
    yield from _unknown(f"{where} 的 limits", limits, kind.limits)
    yield from (f"{where} 的 limits：缺少“{name}”" for name in kind.limits if name not in limits)
    for value in limits.values():
        if isinstance(value, str) and value.startswith("@") and value[1:] not in tolerances:
            yield f"{where}：tolerances.toml 里没有“{value[1:]}”"
    yield from _unknown(f"{where} 的 cases", row["cases"], kind.cases)
    yield from (f"{where}：缺少“{name}”这种情形的话" for name in kind.cases if name not in row["cases"])
    for name, case in row["cases"].items():
        yield from _unknown(f"{where} 的 {name}", case, _CASE_KEYS)
        yield from _unknown(f"{where} 的 {name}", [case.get("severity", row["severity"])], list(Severity))
        yield from _unknown(f"{where} 的 {name}", [case.get("outcome", "fail")], list(Outcome))
        for text in (case["says"], case["fix"]):
            yield from _unknown(f"{where} 的 {name} 的字段", _fields(text), kind.cases.get(name, ()))


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def _sections(raw: Mapping[str, Any]) -> Iterator[str]:
    head = raw["edition"]
    yield from _unknown("sections.toml", raw["sections"], head["categories"])
    for category, roles in raw["sections"].items():
        yield from _unknown(f"sections.toml 的 {category}", roles, head["roles"])
    for category, stages in raw["subjects"].items():
        yield from _unknown("subjects.toml", [category], head["categories"])
        yield from _unknown(f"subjects.toml 的 {category}", stages, head["stages"])


def _sums(raw: Mapping[str, Any]) -> Iterator[str]:
    for name, rubric in raw["rubrics"].items():
        total = sum(item["weight"] for item in rubric["items"])
        if total != 100:
            yield f"rubrics.toml 的 {name}：分值合计 {total}，应为 100"
    for place, category in enumerate(raw["quotas"]["sum"]):
        total = sum(row[place] for row in raw["quotas"]["provinces"].values())
        if total != raw["quotas"]["sum"][category]:
            yield f"quotas.toml 的 {category}：合计 {total}，应为 {raw['quotas']['sum'][category]}"


def _selection(raw: Mapping[str, Any]) -> Iterator[str]:
    """Every parameter of scoring has a reason; the indicators of a rubric are told apart; a tie names known groups."""
    rows = {**raw["selection"], **{f"ties.{tie['name']}": tie for tie in raw["selection"]["ties"]}}
    del rows["ties"]
    yield from (f"selection.toml 的 {name}：没有写为什么" for name, row in rows.items() if not row.get("why"))
    groups = {item["group"] for rubric in raw["rubrics"].values() for item in rubric["items"]}
    for tie in raw["selection"]["ties"]:
        yield from _unknown(f"selection.toml 的 ties.{tie['name']}", [tie["kind"]], ("groups", "untrimmed", "vote"))
        yield from _unknown(f"selection.toml 的 ties.{tie['name']}", tie.get("groups", ()), groups)
    if "vote" in [tie["kind"] for tie in raw["selection"]["ties"]][:-1]:
        yield "selection.toml 的 ties：评委表决应是最后一步，前面的都分不出才表决"
    yield from _scans(raw)
    for name, rubric in raw["rubrics"].items():
        if len({item["id"] for item in rubric["items"]}) != len(rubric["items"]):
            yield f"rubrics.toml 的 {name}：有两项用了同一个 id"


def _scans(raw: Mapping[str, Any]) -> Iterator[str]:
    kinds = {row["kind"] for row in raw["selection"]["records"]["kinds"]}
    rows = raw["selection"]["scans"]["kinds"]
    yield from _unknown("selection.toml 的 scans.kinds", rows, kinds)
    read = [row["read"]["role"] for row in raw["selection"]["records"]["kinds"] if "read" in row]
    yield from _unknown("selection.toml 的 records.kinds.read", read, raw["edition"]["roles"])
    for kind, row in rows.items():
        where = f"selection.toml 的 scans.kinds.{kind}"
        yield from _unknown(where, row, ("title", "need", "roles"))
        yield from _unknown(where, [row["need"]], ("required", "advised", "optional"))
        yield from _unknown(where, row["roles"], raw["edition"]["roles"])


def _tolerances(raw: Mapping[str, Any]) -> Iterator[str]:
    yield from out_of_bounds(raw)
    for name, row in raw["tolerances"].items():
        yield from _unknown(f"tolerances.toml 的 {name}", row, {"value", "why", "least", "most"})
        if not row.get("why"):
            yield f"tolerances.toml 的 {name}：没有写为什么"


def _aliases(raw: Mapping[str, Any]) -> Iterator[str]:
    """Which tables there are is the matter of who identifies; ids that other files know must be known ids."""
    head = raw["edition"]
    for name in ("roles", "stages", "categories", "special_kinds"):
        yield from _unknown(f"aliases.toml 的 {name}", raw["aliases"].get(name, {}), head[name])


def _clauses(raw: Mapping[str, Any]) -> Iterator[str]:
    """Each clause says how it is met; what a rule or a date names is a clause, and stands where the clause stands."""
    clauses = raw["clauses"]
    for name, row in clauses.items():
        yield from _unknown(f"clauses.toml 的 {name}", row, {"place", "how", "says"})
        yield from _unknown(f"clauses.toml 的 {name}", row["how"], _HOWS)
    named = [(f"rules.toml 的 {row['id']}", row["clause"], row["place"]) for row in rows_of(raw["rules"])]
    named += [(f"checklist.toml 的 {name}", name, row["place"]) for name, row in raw["checklist"]["item"].items()]
    for where, clause, place in named:
        yield from _unknown(f"{where} 的条款", [clause], clauses)
        if clause in clauses and place != clauses[clause]["place"]:
            yield f"{where}：位置写的是 {place}，{clause} 在 {clauses[clause]['place']}"
    yield from _unknown(
        "edition.toml 的 dates 的条款", [row["clause"] for row in raw["edition"]["dates"].values()], clauses
    )
