"""扫描件 beside 登记: the school's 推荐表 with its seal, signed declarations. Which there are, and whether an approval
needs them, is data of the edition (`selection.toml`, `[scans]`).

1. `bring`: the bytes are stored and read back first, then the row. `pick`: one of the files that were handed in.
2. The newest of a kind holds; earlier ones stay, with who brought them and when.
3. `objection`: what an approval still needs.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance import clock, failpoint, journal
from appliance.catalog import Catalog, blobs, lessons, scans
from appliance.errors import NotAllowed, WrongUse
from appliance.model import Blob
from appliance.rules.edition import Edition
from appliance.selection import records
from appliance.selection.missing import FREE, HERE, LACKS, LATER, Cell
from appliance.store import Store

MOST_BYTES = 20_000_000
PDF = "pdf"
# What can be looked at on the page, told by the first bytes, never by the name; called as the probes call it.
SORTS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"%PDF-": PDF}
_LONGEST_NAME = 200  # characters
_ACCEPTED = "PNG、JPG 或 PDF"


@dataclass(frozen=True)
class Scan:
    """`kind`: of the record that it stands beside. `need`: required (before an approval), advised, optional. `roles`:
    of the materials among which it may have come."""

    kind: str
    title: str
    need: str
    roles: tuple[str, ...]


def asked(edition: Edition) -> dict[str, Scan]:
    """{kind of record: what may stand beside it}"""
    rows = edition.selection["scans"]["kinds"]
    return {kind: Scan(kind, row["title"], row["need"], tuple(row["roles"])) for kind, row in rows.items()}


def bring(catalog: Catalog, store: Store, edition: Edition, no: int, kind: str, data: bytes, name: str, by: str,
          role: str = "") -> int:  # fmt: skip
    """`store`: where the bytes go (`Station.scans`). `role`: of a user; "" for the command line. Raises `NotFound`,
    `WrongUse`, `NotAllowed`, `StorageFull`."""
    _require(catalog.db, edition, no, kind, role)
    sort = _sort_of(data)
    blob = store.put(io.BytesIO(data))
    row = {
        "sha256": blob.sha256,
        "sort": sort,
        "size": blob.size,
        "name": name[:_LONGEST_NAME] or "扫描件",
        "material": None,
    }
    return _write(catalog, edition, no, kind, row, by, blob)


def pick(catalog: Catalog, edition: Edition, no: int, kind: str, material: int, by: str, role: str = "") -> int:
    """One of `choices`. Raises as `bring`."""
    scan = _require(catalog.db, edition, no, kind, role)
    found = next((row for row in choices(catalog.db, no, scan) if row["id"] == material), None)
    if found is None:
        raise WrongUse("这份文件现在选不了", remedy="请在列出的文件里选一份，或者上传")
    row = {"material": material, **{name: found[name] for name in ("sha256", "sort", "size", "name")}}
    return _write(catalog, edition, no, kind, row, by)


def choices(db: Database, no: int, scan: Scan) -> list[dict[str, Any]]:
    """Files handed in that may be it: of its roles, and to be looked at on the page."""
    return [row for row in scans.handed_in(db, no, scan.roles) if row["sort"] in SORTS.values()]


def of_category(edition: Edition, category: str) -> list[Scan]:
    """What may stand beside the records of such a lesson. Pure."""
    mine = {one.kind for one in records.kinds(edition) if one.category in ("", category)}
    return [one for one in asked(edition).values() if one.kind in mine]


def missing(edition: Edition, there: Collection[str], category: str) -> list[Scan]:
    """What an approval still needs. Pure."""
    return [one for one in of_category(edition, category) if one.need == "required" and one.kind not in there]


def cells(wanted: Iterable[Scan], there: Collection[str]) -> list[Cell]:
    """For 缺件一览, beside the materials; `role` is the kind of record. Pure."""
    states = {"required": LACKS, "advised": LATER, "optional": FREE}
    return [
        Cell(one.kind, int(one.kind in there), 1, HERE if one.kind in there else states[one.need]) for one in wanted
    ]


def objection(db: Database, edition: Edition, no: int) -> NotAllowed | None:
    """Why an approval is forbidden now; None when it is not."""
    lacking = missing(edition, scans.of_lesson(db, no), lessons.by_no(db, no).identity.category)
    if not lacking:
        return None
    said = "、".join(one.title for one in lacking)
    return NotAllowed(f"还没有{said}", remedy="请在课例详情的“登记”里补上，再审批")


def _require(db: Database, edition: Edition, no: int, kind: str, role: str) -> Scan:
    known: Mapping[str, records.Kind] = {one.kind: one for one, _ in records.told(db, no, edition)}
    if kind not in known or kind not in asked(edition):
        raise WrongUse("这一项登记不用扫描件")
    if role and role not in known[kind].roles:
        raise NotAllowed(f"您的角色不能放{asked(edition)[kind].title}")
    return asked(edition)[kind]


def _sort_of(data: bytes) -> str:
    found = next((sort for start, sort in SORTS.items() if data.startswith(start)), "")
    if not found or len(data) > MOST_BYTES:
        raise WrongUse(
            f"扫描件要 {_ACCEPTED}，最大 {MOST_BYTES // 1_000_000} MB", effect="这一份没有收下，原来的不变",
            remedy="请重新扫描或另存，再选一次",
        )  # fmt: skip
    return found


def _write(
    catalog: Catalog, edition: Edition, no: int, kind: str, row: Mapping[str, Any], by: str, blob: Blob | None = None
) -> int:  # fmt: skip
    with catalog.writing() as db:
        blobs.add(db, [blob] if blob else [], clock.now())
        number = scans.add(db, no, kind, row, by)
        data = {"record": asked(edition)[kind].title, "material": row["name"], "scan": row["sha256"]}
        journal.append(db, "record.scan", f"lesson/{no}", data, actor=by)
        failpoint.reached("scan.before-commit")
    failpoint.reached("scan.committed")
    return number
