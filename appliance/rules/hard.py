"""What local rules may not do: loosen what the year's notice demands (docs/decisions/0015-hard-limits.md).

Hard is what a rule with a returning case (必须改, 不符合) reads from the notice itself, what must be handed in, which
sections and subjects there are, and the share of special education. Tighter is allowed; so are tolerances (`"@…"`),
which the notice leaves open, between the bounds that the edition gives them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appliance.model import Outcome, Severity

_UP_LOOSENS, _DOWN_LOOSENS = ("most", "from"), ("least",)
_NEEDS = ("required", "advised", "optional", "none")  # each looser than the one before


def loosened(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Both as `load.read_raw` gives them, their rules unfolded. One sentence for each thing that became looser."""
    return [*_rules(was, now), *_materials(was, now), *_sections(was, now), *_subjects(was, now), *_share(was, now)]


def out_of_bounds(raw: Mapping[str, Any]) -> Iterator[str]:
    """Tolerances beyond their own `least` and `most`, and numbers that a local rule wrote where one stood."""
    for name, row in raw["tolerances"].items():
        yield from _beyond(f"tolerances.toml 的 {name}", row["value"], row)


def _rules(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    after = {row["id"]: row for row in now["rules"]["rule"]}
    for row in was["rules"]["rule"]:
        changed = after[row["id"]]
        for name, case in row["cases"].items():
            yield from _case(row, case, changed, changed["cases"][name], f"{row['id']} {name}")
        for name, value in row.get("limits", {}).items():
            other = changed["limits"][name]
            if other == value:
                continue
            if isinstance(value, str) and value.startswith("@"):
                yield from _beyond(f"{row['id']} {name}", other, was["tolerances"][value[1:]])
            elif _returns(row) and _looser(name, value, other):
                yield f"{row['id']} {name}：{_short(value)} → {_short(other)}"


def _case(
    row: Mapping[str, Any], case: Mapping[str, Any], row_now: Mapping[str, Any], now: Mapping[str, Any], where: str
) -> Iterator[str]:
    if not _hard(row, case):
        return
    if not _hard(row_now, now):
        yield f"{where}：必须改的改成了不必改的"


def _hard(row: Mapping[str, Any], case: Mapping[str, Any]) -> bool:
    severity, outcome = case.get("severity", row["severity"]), case.get("outcome", Outcome.FAIL)
    return bool(severity == Severity.ERROR and outcome == Outcome.FAIL)


def _returns(row: Mapping[str, Any]) -> bool:
    return any(_hard(row, case) for case in row["cases"].values())


def _looser(name: str, value: Any, other: Any) -> bool:
    """A limit of the notice that is neither an upper nor a lower one is exact: any other value lets other files in."""
    if name in _UP_LOOSENS:
        return bool(other > value)
    return bool(other < value) if name in _DOWN_LOOSENS else True


def _beyond(where: str, value: Any, row: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(value, int | float):
        return
    if value < row.get("least", value) or value > row.get("most", value):
        yield f"{where}：{value} 超出可以改的范围（{row.get('least', '不限')} 到 {row.get('most', '不限')}）"


def _materials(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for category, roles in was["materials"].items():
        for role, row in roles.items():
            other = now["materials"][category].get(role, {})
            for phase in ("design", "production"):
                need = other.get(phase, "none")
                if _NEEDS.index(need) > _NEEDS.index(row[phase]):
                    yield f"materials.{category}.{role}.{phase}：{row[phase]} → {need}"
            for name in ("per", "one"):
                if other.get(name) != row.get(name) and row.get(name) in ("period", True):
                    yield f"materials.{category}.{role}.{name}：{row[name]} → {other.get(name)}"


def _sections(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for category, roles in was["sections"].items():
        for role, names in roles.items():
            gone = [name for name in names if name not in now["sections"].get(category, {}).get(role, {})]
            yield from (f"sections.{category}.{role}：去掉了 {name}" for name in gone)


def _subjects(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for category, stages in was["subjects"].items():
        for stage, names in stages.items():
            more = [name for name in now["subjects"].get(category, {}).get(stage, ()) if name not in names]
            yield from (f"subjects.{category}.{stage}：添了 {name}" for name in more)
            if stage not in now["subjects"].get(category, {}):
                yield f"subjects.{category}.{stage}：去掉了，就都可以报了"


def _share(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    row, other = was["selection"].get("special_share"), now["selection"].get("special_share")
    if row and row != other:
        gone = set(row["subjects"]) - set(other["subjects"]) if other else set(row["subjects"])
        if not other or float(other["value"]) > float(row["value"]) or gone or other["category"] != row["category"]:
            yield f"selection.special_share：{row['value']} → {other['value'] if other else '没有'}"


def _short(value: Any) -> str:
    return f"{value}" if isinstance(value, int | float | str) else "名单变了"
