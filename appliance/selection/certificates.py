"""证书 (W4): issued with a number and check letters that the box verifies; taken back with a reason, never deleted.

The number is written into the row when it is issued: a station that is renamed later still verifies what it gave out.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from appliance import failpoint, journal
from appliance.catalog import Catalog, lessons, records
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import LessonState
from appliance.rules.edition import Edition
from appliance.station import Station

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CHECK = 8  # letters: 39 bits, beyond guessing over a network
EARNED = (LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED)


def issue(box: Station, catalog: Catalog, numbers: Sequence[int], honour: str, by: str) -> list[dict[str, Any]]:
    """One certificate a lesson, all of them or none. Raises `NotFound`, `WrongUse`, `NotAllowed` (not approved, or
    one of the same honour is held already)."""
    said = honour.strip()
    if not said or len(said) > 60:
        raise WrongUse("要写明评为什么，不超过 60 个字", remedy="请写好再发")
    if not numbers:
        raise WrongUse("没有选课例", remedy="请选课例再发")
    edition = box.edition()
    with catalog.writing() as db:
        made = [_issue(db, box, edition, no, said, by) for no in dict.fromkeys(numbers)]
        failpoint.reached("certificates.before-commit")
    return [shown(records.certificate(catalog.db, no)) for no in made]


def _issue(db: Database, box: Station, edition: Edition, no: int, honour: str, by: str) -> int:
    lesson = lessons.by_no(db, no)
    if lesson.state not in EARNED:
        raise NotAllowed(f"第 {no} 号课例还没有审批通过，不能发证书", remedy="请去掉这一节再发")
    if held := records.held(db, no, honour):
        raise NotAllowed(f"第 {no} 号课例已经有“{honour}”的证书 {held}", remedy="要重发，请先收回那一张")
    line = {
        "title": lesson.identity.title, "school": lesson.identity.school, "edition": edition.title,
        "teacher": "、".join(lesson.identity.authors) or lesson.identity.teacher, "station": box.settings.name,
    }  # fmt: skip
    check = "".join(secrets.choice(_LETTERS) for _ in range(_CHECK))
    number = f"{box.settings.code.upper()}-{edition.id.upper()}-{records.issued_in(db, edition.id) + 1:05d}"
    row = {"number": number, "year": edition.id, "honour": honour, "check_code": check}
    made = records.certify(db, no, row, line, by)
    data = {"certificate": made, "number": number, "honour": honour}
    journal.append(db, "certificate.issued", f"lesson/{no}", data, actor=by)
    return made


def revoke(catalog: Catalog, no: int, reason: str, by: str) -> None:
    """Raises `NotFound`, `WrongUse`, `NotAllowed`."""
    if not reason.strip():
        raise WrongUse("收回证书要写明理由")
    with catalog.writing() as db:
        row = records.certificate(db, no)
        if row["revoked"]:
            raise NotAllowed("这张证书已经收回")
        records.revoke(db, no, reason.strip(), by)
        journal.append(db, "certificate.revoked", f"lesson/{row['lesson']}", {"certificate": no, "reason": reason}, by)


def verify(catalog: Catalog, number: str, check: str) -> dict[str, Any]:
    """What stands on the certificate; `revoked` not empty when it no longer holds. Raises `NotFound` for what this
    station did not issue, without telling which half is wrong."""
    row = records.by_number(catalog.db, _plain(number))
    if row is None or not secrets.compare_digest(row["check_code"], _plain(check).replace("-", "")):
        raise NotFound("没有发过这样的证书", remedy="请核对编号和校验码")
    return shown(row)


def shown(row: dict[str, Any]) -> dict[str, Any]:
    check = f"{row['check_code'][:4]}-{row['check_code'][4:]}"
    return {
        **row["line"], "number": row["number"], "check": check, "no": row["no"], "honour": row["honour"],
        "day": row["at"][:10], "revoked": row["revoked"], "revoked_day": row["revoked_at"][:10],
        "lesson": row["lesson"],
    }  # fmt: skip


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:60]).upper().split()).encode("ascii", "ignore").decode()
