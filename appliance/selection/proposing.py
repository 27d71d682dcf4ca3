"""遴选: a choice is saved as a proposal, and decided by two persons, each exception with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from appliance import failpoint, journal
from appliance.catalog import Catalog, chosen, proposals
from appliance.errors import NotAllowed, WrongUse
from appliance.rules.edition import Edition
from appliance.selection.board import board, look, objections
from appliance.selection.decide import carry_out
from appliance.selection.profiles import read
from appliance.station import Station

_LONGEST = 500  # characters of a reason


def save(catalog: Catalog, box: Station, edition: Edition, name: str, numbers: Sequence[int], reasons: Mapping[str, str],
         by: str) -> int:  # fmt: skip
    """Raises `WrongUse`."""
    if not name.strip() or len(name) > 60:
        raise WrongUse("方案要有名字，不超过 60 个字", remedy="请写名字再存")
    with catalog.writing() as db:
        found = board(box, db, edition)
        picked = [no for no in dict.fromkeys(numbers) if no in found.movable]
        kept = {key: text.strip()[:_LONGEST] for key, text in reasons.items() if text.strip()}
        remarks = [asdict(one) for one in look(found, picked, edition, kept)]
        number = proposals.add(db, name.strip(), picked, kept, remarks, by)
        journal.append(db, "proposal.saved", f"proposal/{number}", {"name": name.strip(), "lessons": picked}, actor=by)
    return number


def decide_on(catalog: Catalog, box: Station, edition: Edition, number: int, by: str, second: str) -> list[int]:
    """Two persons, both signed in. The lessons that became candidates. Raises `NotFound`, `NotAllowed`: decided before,
    something changed since it was saved, more than a quota, an exception without a reason."""
    with catalog.writing() as db:
        row = _open(db, number)
        found = board(box, db, edition)
        if moved := [no for no in row["chosen"] if no not in found.movable]:
            raise NotAllowed(
                f"第 {'、'.join(map(str, moved))} 号课例存方案以后变了", remedy="请重新看一遍，另存一个方案"
            )
        remarks = look(found, row["chosen"], edition, {})
        if against := objections(remarks, row["reasons"]):
            raise NotAllowed("；".join(against[:5]), remedy="请调整，或写明理由，另存一个方案")
        profiles = read(edition.selection, box.settings.profile_of)
        states = {line.entry.no: line for line in found.lines}
        for no in row["chosen"]:
            line = states[no]
            way = profiles.id_of(line.identity)
            kind = profiles.by_id[way].chosen
            if kind:
                carry_out(db, no, kind, f"{by}、{second}", f"遴选方案 {number}", way)
        for one in remarks:
            if one.key and one.level != "info" and not one.key.startswith(("teacher/", "order/", "share")):
                chosen.give_reason(db, one.key, row["reasons"][one.key], by)
        proposals.settle(db, number, proposals.DECIDED, by, second)
        data = {"lessons": row["chosen"], "second": second, "exceptions": [*row["reasons"].values()]}
        journal.append(db, "proposal.decided", f"proposal/{number}", data, actor=by)
        failpoint.reached("proposal.before-commit")
    return list(row["chosen"])


def drop(catalog: Catalog, number: int, reason: str, by: str) -> None:
    if not reason.strip():
        raise WrongUse("不用这个方案，要写明理由", remedy="请写理由")
    with catalog.writing() as db:
        _open(db, number)
        proposals.settle(db, number, proposals.DROPPED, by, reason=reason.strip())
        journal.append(db, "proposal.dropped", f"proposal/{number}", {"reason": reason.strip()}, actor=by)


def _open(db: Database, number: int) -> dict[str, Any]:
    row = proposals.by_id(db, number)
    if row["outcome"]:
        raise NotAllowed("这个方案已经有结果")
    return row
