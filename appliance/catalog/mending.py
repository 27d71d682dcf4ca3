"""What a person puts right on the screen: whose lesson it is, and what a file is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlite_utils import Database

from appliance.catalog import search
from appliance.catalog.lessons import TEXT_FIELDS, revision_of
from appliance.errors import NotFound, WrongUse


def set_identity(db: Database, no: int, fields: Mapping[str, str], by: str) -> None:
    """Raises `NotFound`, `WrongUse` for a field that a lesson does not have."""
    if unknown := set(fields) - {*TEXT_FIELDS, "periods"}:
        raise WrongUse(f"课例没有这些栏目：{'、'.join(sorted(unknown))}")
    row = next(db.query("select sources from lesson where no = ?", [no]), None)
    if row is None:
        raise NotFound(f"没有第 {no} 号课例")
    sources = json.loads(row["sources"]) | dict.fromkeys(fields, f"person:{by}")
    db.table("lesson").update(no, dict(fields) | {"sources": json.dumps(sources, ensure_ascii=False)})
    search.index(db, no)


def assign(db: Database, no: int, material: int | str, role: str, period: int) -> None:
    """`material`: its id, or its given name. Raises `NotFound`."""
    revision = revision_of(db, no)
    column = "id" if isinstance(material, int) else "name"
    changed = db.execute(
        f"update material set role = ?, period = ? where revision = ? and {column} = ?",
        [role, period, revision, material],
    ).rowcount
    if not changed:
        raise NotFound(f"第 {no} 号课例里没有这份材料：{material}")


def queue_check(db: Database, no: int) -> None:
    """The pipeline checks this lesson's newest delivery again."""
    db.execute(
        "update delivery set state = 'identified', claimed_by = '', attempts = 0, next_try = 0 where no ="
        " (select max(delivery) from delivery_lesson where lesson = ?)",
        [no],
    )
