"""Papers to be signed: 原创声明 with the licence to spread the lesson on the network (G8), and the guardians' consent
that pupils are seen (children under 14: only with a guardian's). With the lesson's data, or blank for schools.

The words are the project's own; a county that has its own puts them into the edition (`selection.toml`, `[signing]`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from appliance.catalog import lessons
from appliance.model import Identity
from appliance.reports.paper import paper, qr
from appliance.rules.edition import Edition
from appliance.station import Station

PUPILS = 14  # rows on one page


def declarations(box: Station, numbers: Sequence[int]) -> str:
    """One page a lesson. Raises `NotFound`."""
    return declaration(box.edition(), _sheets(box, numbers))


def consents(box: Station, numbers: Sequence[int]) -> str:
    """One page a lesson. Raises `NotFound`."""
    return consent(box.edition(), _sheets(box, numbers))


def declaration(edition: Edition, sheets: Sequence[dict[str, Any]] = ()) -> str:
    """Without sheets: one blank page."""
    words = edition.selection["signing"]["declaration"]
    return paper("declaration", "原创声明", sheets=sheets or [_sheet(0, Identity())], words=words, edition=edition)


def consent(edition: Edition, sheets: Sequence[dict[str, Any]] = ()) -> str:
    words = edition.selection["signing"]["consent"]
    made = sheets or [_sheet(0, Identity())]
    return paper("consent", "学生出镜同意书", sheets=made, words=words, edition=edition, pupils=range(1, PUPILS + 1))


def _sheets(box: Station, numbers: Sequence[int]) -> list[dict[str, Any]]:
    db = box.catalog().db
    return [_sheet(no, lessons.by_no(db, no).identity) for no in numbers]


def _sheet(no: int, one: Identity) -> dict[str, Any]:
    people = list(one.authors) or ([one.teacher] if one.teacher else [""])
    return {"no": no, "one": one, "people": people, "qr": qr(f"LB-SIGN {no}") if no else ""}
