"""遴选: every lesson that may go up, with its rank, what it lacks, and what a choice would mean; proposals and their
decision by two persons.

A choice is only looked at (`look`) until it is saved as a proposal; a proposal changes nothing until two persons decide
it (`proposing.decide_on`). Then the chosen ones become candidates, each exception with its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from appliance.catalog import chosen, matrix, proposals, rosters, sessions
from appliance.catalog.lessons import identity_of
from appliance.model import Identity, LessonState, Phase
from appliance.rules.edition import Edition
from appliance.selection import export, quota_rows, quotas, sheet
from appliance.selection.missing import Lacking
from appliance.selection.profiles import Profiles, read
from appliance.selection.quota_rows import Nodes
from appliance.selection.quotas import Entry, Remark
from appliance.station import Station

S = LessonState
_OUT = frozenset({S.REJECTED, S.WITHDRAWN, S.RETURNED, S.SUBMITTED})
_nodes: dict[Path, tuple[int, Nodes]] = {}
"""{the station's folder: (which roster, its nodes)}"""
_rankings: dict[tuple[Path, int], tuple[tuple[str, int], list[dict[str, Any]]]] = {}
"""{(the station's folder, session): (the hash and the votes it was computed from, the ranking)}: one a session."""


@dataclass(frozen=True)
class Line:
    """A lesson on the board. `fixed`: decided already, the board cannot move it. `score` "" without a locked session;
    `lacks`: materials of the finished lesson that are not there yet."""

    entry: Entry
    identity: Identity
    state: str
    fixed: bool
    score: str
    says: str
    place: str
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]  # all of the county, for ratios
    quotas: tuple[quotas.Quota, ...]
    reasons: Mapping[str, str]  # recorded already: {node: reason}
    settled: Mapping[str, str]  # of what is decided: {what was said of an exception: its reason}

    @cached_property
    def movable(self) -> frozenset[int]:
        return frozenset(line.entry.no for line in self.lines if not line.fixed)


def board(box: Station, db: Database, edition: Edition) -> Board:
    """A fixed few queries; rankings of locked sessions are computed once."""
    profiles = read(edition.selection, box.settings.profile_of)
    decided, settled = proposals.decided(db)
    nodes = _nodes_of(box, db)
    ranks = _ranks(box, db)
    rows = chosen.lessons(db, box.settings.profile_of)
    entries = tuple(
        quota_rows.entry(
            {**row, "chosen": row["chosen"] or row["no"] in decided}, nodes.of(row, edition.stages),
            ranks.get(row["no"], {}),
        )
        for row in rows
    )  # fmt: skip
    by_no = {one.no: one for one in entries}
    lacking = Lacking(edition, Phase.PRODUCTION)
    lines = [
        _line(row, by_no[row["no"]], ranks.get(row["no"], {}), lacking, profiles, decided)
        for row in matrix.lessons(db, {}) if row["no"] in by_no and row["state"] not in _OUT
    ]  # fmt: skip
    rules = tuple(quota_rows.read(box.home / "quota.toml", must_be=False))
    return Board(tuple(sorted(lines, key=_order)), entries, rules, chosen.reasons(db), settled)


def _nodes_of(box: Station, db: Database) -> Nodes:
    """Thousands, the same until another roster is brought."""
    roster = rosters.number_in_force(db, "nodes")
    if box.home not in _nodes or _nodes[box.home][0] != roster:
        _nodes[box.home] = roster, Nodes(rosters.lines(db, "nodes"))
    return _nodes[box.home][1]


def _ranks(box: Station, db: Database) -> dict[int, dict[str, Any]]:
    """{lesson: its row of the ranking, with `session` and `name`}, of every locked session."""
    found: dict[int, dict[str, Any]] = {}
    for one in sessions.locks(db):
        rows = _ranking(box, db, one)
        found |= {row["no"]: {**row, "session": one["id"], "name": one["name"]} for row in rows}
    return found


def _ranking(box: Station, db: Database, lock: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A lock binds all but the votes that follow it."""
    session, bound = (box.home, lock["id"]), (lock["sha256"], lock["votes"])
    if session not in _rankings or _rankings[session][0] != bound:
        _rankings[session] = bound, sheet.result(export.of_session(db, lock["id"]))
    return _rankings[session][1]


def _line(
    row: Mapping[str, Any], entry: Entry, rank: Mapping[str, Any], lacking: Lacking, profiles: Profiles,
    decided: Collection[int],
) -> Line:  # fmt: skip
    identity = identity_of(row)
    place = f"{rank['name']} 第 {rank['rank']} 名" if rank.get("rank") else ""
    lacks = tuple(name for name, _ in lacking.of(row, identity))
    fixed = S(row["state"]) not in profiles.of(identity).chosen_from or entry.no in decided
    return Line(entry, identity, row["state"], fixed, rank.get("score") or "", rank.get("says", ""), place, lacks)


def _order(line: Line) -> tuple[Any, ...]:
    one = line.entry
    return one.category, one.stage, one.subject, one.session or 1 << 30, one.rank or 1 << 30, one.no


def look(found: Board, numbers: Collection[int], edition: Edition, reasons: Mapping[str, str]) -> list[Remark]:
    """What it would mean to choose exactly `numbers` of the movable lessons, besides those that are decided."""
    picked = frozenset(numbers) & found.movable
    changed = picked ^ {one.no for one in found.entries if one.chosen and one.no in found.movable}
    entries = [replace(one, chosen=not one.chosen) if one.no in changed else one for one in found.entries]
    names = {**edition.categories, **edition.stages}
    nodes = {**found.reasons, **{key: text for key, text in reasons.items() if text.strip()}}
    remarks = quotas.check(entries, found.quotas, nodes, edition.selection, names)
    return [_settled(one, found.settled) for one in remarks]


def _settled(one: Remark, given: Mapping[str, str]) -> Remark:
    """An exception that two persons decided with its reason is not asked for again while nothing in it changes."""
    if one.level == "info" or one.says not in given:
        return one
    return replace(one, level="info", says=f"{one.says.removesuffix('；请写明理由')}，理由：{given[one.says]}", key="")


def objections(remarks: Sequence[Remark], reasons: Mapping[str, str]) -> list[str]:
    """Why it cannot be decided: more than a quota, or an exception without its reason."""
    return [
        one.says for one in remarks
        if one.level != "info" and not (one.key and reasons.get(one.key, "").strip())
    ]  # fmt: skip
