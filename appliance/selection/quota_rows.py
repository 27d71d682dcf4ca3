"""名额 as a station keeps them (`quota.toml`), and a lesson as they look at it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from appliance.errors import NotFound, SettingsWrong
from appliance.model import Identity
from appliance.roster.names import nodes_of, plain
from appliance.selection import quotas
from appliance.selection.quotas import Entry, Quota

_WORDS = ("title", "stage", "grade", "subject", "textbook", "volume")
_KEYS = {"category", "stage", "subject", "school", "number", "ratio", "why"}


def entry(row: Mapping[str, Any], node: str, rank: Mapping[str, Any]) -> Entry:
    """`node`: as `node` says; `rank`: with `session` and `rank`, empty without a locked session."""
    return Entry(
        row["no"], row["title"], row["category"], row["stage"], row["subject"], node=node, chosen=row["chosen"],
        school=row["school"], teacher=row["teacher"], session=rank.get("session", 0), rank=rank.get("rank") or 0,
    )  # fmt: skip


class Nodes:
    """The open nodes of a roster, by title: only one of the same title can be a lesson's, so that hundreds of lessons need
    not go through thousands of nodes; and what was told of a lesson's words is told again without looking."""

    def __init__(self, lines: Sequence[Mapping[str, Any]]) -> None:
        self._by_title: dict[str, list[Mapping[str, Any]]] = {}
        for one in lines:
            self._by_title.setdefault(plain(one["title"]), []).append(one)
        self._told: dict[tuple[str, ...], str] = {}

    def of(self, row: Mapping[str, Any], stages: Mapping[str, str]) -> str:
        """The open node that the lesson stands for, where the imported catalogue has just one; else its own words."""
        stage = stages.get(row["stage"], "")
        words = (stage, *(row[name] for name in _WORDS))
        if words not in self._told:
            self._told[words] = self._looked_up(row, stage)
        return self._told[words]

    def _looked_up(self, row: Mapping[str, Any], stage: str) -> str:
        identity = Identity(**{name: row[name] for name in _WORDS})
        found = nodes_of(identity, stage, self._by_title.get(plain(row["title"]), ()))
        if len(found) == 1:
            return f"节点 {found[0]}"
        return quotas.node_of(*(row[name] for name in ("textbook", "stage", "subject", "grade", "volume", "title")))


def read(path: Path, must_be: bool) -> list[Quota]:
    """Raises `NotFound`, `SettingsWrong`. Without a file there is no quota: shares and nodes are checked all the same."""
    if not path.exists():
        if must_be:
            raise NotFound(f"没有名额文件 {path}")
        return []
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("quota", [])
        return [_quota(row) for row in rows]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, ValueError, ZeroDivisionError) as error:
        raise SettingsWrong(f"名额文件 {path.name} 读不懂：{error}", remedy="请按手册改正 quota.toml") from error


def _quota(row: dict[str, Any]) -> Quota:
    if unknown := set(row) - _KEYS:
        raise ValueError(f"不认识的“{'、'.join(sorted(unknown))}”")
    if ("number" in row) == ("ratio" in row):
        raise ValueError("每一条要有 number 或 ratio，只能有一个")
    ratio = Fraction(str(row["ratio"])) if "ratio" in row else None
    words = {name: str(row.get(name, "")) for name in ("category", "stage", "subject", "school", "why")}
    return Quota(**words, number=int(row["number"]) if "number" in row else None, ratio=ratio)
