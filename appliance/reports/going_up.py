"""What the county sends with the lessons: 推荐汇总表 and the entry sheets, of all that goes up or of some."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from appliance.catalog import lessons, rosters
from appliance.model import LessonState
from appliance.reports import county_workbook, summary
from appliance.reports.entry_sheet import entry_sheets, values
from appliance.rules.edition import Edition
from appliance.station import Station
from appliance.store.files import replacing

GOES_UP = (LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED)
_MOST = 10_000


def summary_of(box: Station, numbers: Sequence[int]) -> bytes:
    """By the county's own workbook where there is one. Raises `NotFound`, `SettingsWrong`."""
    edition, db = box.edition(), box.catalog().db
    nodes = rosters.lines(db, "nodes")
    rows = [values(lessons.by_no(db, no), edition, nodes) for no in numbers or going_up(db)]
    once = {"填报单位": box.settings.name, "填报日期": dt.date.today().isoformat(), "年度": edition.title}
    template = template_of(box)
    if template.is_file():
        return county_workbook.filled(template, rows, once)
    return summary.workbook(rows, edition.selection["summary"]["fields"], once)


def entry_of(box: Station, numbers: Sequence[int]) -> str:
    catalog = box.catalog()
    return entry_sheets(catalog, box.edition(), numbers or going_up(catalog.db))


def going_up(db: Database) -> list[int]:
    return sorted(row["no"] for state in GOES_UP for row in lessons.find(db, state, limit=_MOST))


def template_of(box: Station) -> Path:
    return box.home / "templates" / "推荐汇总表.xlsx"


def heads(edition: Edition) -> list[str]:
    """The names that a cell of the county's workbook may have."""
    return sorted({*edition.selection["entry_sheet"]["fields"], *edition.selection["summary"]["fields"], "课例号"})


def keep_template(box: Station, data: bytes) -> tuple[list[str], list[str]]:
    """The county's own workbook, looked at before it takes the place of the one before. As `looked_at`."""
    target = template_of(box)
    target.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as kept:
        kept.write(data)
        kept.flush()
        found = county_workbook.looked_at(Path(kept.name), heads(box.edition()))
        county_workbook.filled(
            Path(kept.name), [dict.fromkeys(heads(box.edition()), "")], dict.fromkeys(summary.ONCE, "")
        )
    with replacing(target, 0o644) as out:
        out.write(data)
    return found
