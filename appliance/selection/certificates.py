"""证书 (W4): issued with a number and check letters that the box verifies; taken back with a reason, never deleted."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Any

from appliance import journal
from appliance.catalog import Catalog, lessons, records
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import LessonState
from appliance.station import Station

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CHECK = 8  # letters: 39 bits, beyond guessing over a network
_EARNED = {LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED}


def issue(box: Station, catalog: Catalog, no: int, honour: str, by: str) -> dict[str, Any]:
    """Raises `NotFound`, `WrongUse`, `NotAllowed`."""
    lesson = lessons.by_no(catalog.db, no)
    if not honour.strip() or len(honour) > 60:
        raise WrongUse("要写明评为什么，不超过 60 个字")
    if lesson.state not in _EARNED:
        raise NotAllowed(f"第 {no} 号课例还没有审批通过，不能发证书")
    line = {
        "title": lesson.identity.title, "school": lesson.identity.school, "edition": box.edition().title,
        "teacher": "、".join(lesson.identity.authors) or lesson.identity.teacher, "station": box.settings.name,
    }  # fmt: skip
    check = "".join(secrets.choice(_LETTERS) for _ in range(_CHECK))
    with catalog.writing() as db:
        made = records.certify(db, no, honour.strip(), check, line, by)
        journal.append(db, "certificate.issued", f"lesson/{no}", {"certificate": made, "honour": honour}, actor=by)
    return shown(box, records.certificate(catalog.db, made))


def revoke(catalog: Catalog, no: int, reason: str, by: str) -> None:
    """Raises `NotFound`, `WrongUse`, `NotAllowed`."""
    row = records.certificate(catalog.db, no)
    if not reason.strip():
        raise WrongUse("收回证书要写明理由")
    if row["revoked"]:
        raise NotAllowed("这张证书已经收回")
    with catalog.writing() as db:
        records.revoke(db, no, reason.strip(), by)
        journal.append(db, "certificate.revoked", f"lesson/{row['lesson']}", {"certificate": no, "reason": reason}, by)


def verify(box: Station, catalog: Catalog, number: str, check: str) -> dict[str, Any]:
    """What stands on the certificate; `revoked` not empty when it no longer holds. Raises `NotFound` for what this
    station did not issue, without telling which half is wrong."""
    code, _, running = _plain(number).rpartition("-")
    try:
        row = records.certificate(catalog.db, int(running)) if running.isdecimal() else None
    except NotFound:
        row = None
    right = row is not None and code == box.settings.code.upper()
    if row is None or not right or not secrets.compare_digest(row["check_code"], _plain(check).replace("-", "")):
        raise NotFound("没有发过这样的证书", remedy="请核对编号和校验码")
    return shown(box, row)


def shown(box: Station, row: dict[str, Any]) -> dict[str, Any]:
    check = f"{row['check_code'][:4]}-{row['check_code'][4:]}"
    return {
        **row["line"], "number": f"{box.settings.code.upper()}-{row['no']:05d}", "check": check, "no": row["no"],
        "honour": row["honour"], "day": row["at"][:10], "revoked": row["revoked"], "lesson": row["lesson"],
    }  # fmt: skip


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:60]).upper().split()).encode("ascii", "ignore").decode()
