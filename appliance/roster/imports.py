"""A sheet is brought, looked at, accepted or dropped. Accepting is one transaction with its journal entry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, panels, rosters
from appliance.errors import NotAllowed, WrongUse
from appliance.probes.parent import look
from appliance.roster.changes import Changes, compare
from appliance.roster.reading import Read, read
from appliance.roster.sheets import BY_KIND, Sheet

MOST_BYTES = 8_000_000  # a county's open nodes fill about one


@dataclass(frozen=True)
class Brought:
    """`id`: of the draft, 0 when the sheet has faults and was not kept."""

    sheet: Sheet
    id: int
    read: Read
    changes: Changes


def sheet_of(kind: str) -> Sheet:
    """Raises `WrongUse`."""
    if kind not in BY_KIND:
        raise WrongUse(f"没有这种名册：{kind}；可以是 {'、'.join(BY_KIND)}")
    return BY_KIND[kind]


def bring(catalog: Catalog, kind: str, path: Path, name: str, by: str, keep: bool = True) -> Brought:
    """Raises `WrongUse` when the file is no table. `keep`: as a draft that may be accepted."""
    sheet = sheet_of(kind)
    cells = cells_of(path)
    found = read(sheet, cells)
    changes = compare(sheet, rosters.lines(catalog.db, kind), found.lines)
    if found.wrong or not keep:
        return Brought(sheet, 0, found, changes)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with catalog.writing() as db:
        id = rosters.add(db, kind, name, sha256, found.lines, by)
    return Brought(sheet, id, found, changes)


def cells_of(path: Path) -> list[list[str]]:
    """Raises `WrongUse`, `OSError`."""
    if path.stat().st_size > MOST_BYTES:
        raise WrongUse("这份表太大，不像名册", remedy="请只留名册那一张工作表，再试一次")
    answer = look("table", path)
    if "undetermined" in answer:
        raise WrongUse(
            f"这份表读不了：{answer['undetermined']}", remedy="请用 WPS 或 Excel 另存为 xlsx，去掉密码，再试一次"
        )
    cells: list[list[str]] = answer["cells"]
    return cells


def accept(catalog: Catalog, id: int, by: str) -> dict[str, Any]:
    """Puts a draft, or one that was in force before, in force. Raises `NotFound`, `NotAllowed`."""
    with catalog.writing() as db:
        row = rosters.by_id(db, id)
        if row["state"] == rosters.IN_FORCE:
            raise NotAllowed("这份名册已经在用")
        if row["state"] == rosters.DROPPED:
            raise NotAllowed("这份名册已经作废", remedy="请重新选文件")
        changes = compare(BY_KIND[row["kind"]], rosters.lines(db, row["kind"]), row["lines"])
        rosters.settle(db, id, rosters.IN_FORCE, by)
        if row["kind"] == "judges":
            _know_judges(db, row["lines"])
        data = {
            "kind": row["kind"], "sha256": row["sha256"], "lines": len(row["lines"]), "added": len(changes.added),
            "removed": len(changes.removed), "changed": len(changes.changed),
        }  # fmt: skip
        journal.append(db, "roster.accepted", f"roster/{id}", data, actor=by)
    return data


def drop(catalog: Catalog, id: int, by: str) -> None:
    """Raises `NotFound`, `NotAllowed`."""
    with catalog.writing() as db:
        if rosters.by_id(db, id)["state"] != rosters.DRAFT:
            raise NotAllowed("这份名册已经定了，不能作废")
        rosters.settle(db, id, rosters.DROPPED, by)
        journal.append(db, "roster.dropped", f"roster/{id}", {}, actor=by)


def _know_judges(db: Database, lines: list[dict[str, Any]]) -> None:
    """What a judge declared once stays declared, also when a later sheet leaves it out (`panels.save_judge`)."""
    for line in lines:
        panels.save_judge(db, line["name"], line["school"], line["subjects"], line["coached"], line["kin"])
