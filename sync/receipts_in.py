"""Receipts that came down: believed only when the station above signed them, taken in order, each once.

What they say moves the lesson: cataloged → 上级已收, returned → 退回补正 with the findings, a broken transfer →
sent again, a fork or an unfit bundle → a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from appliance import clock, failpoint, journal
from appliance.catalog import Catalog, bundles, lessons, receipts
from appliance.errors import BadBundle
from appliance.model import LessonState
from appliance.station import Station
from sync import bag, canonical, codes, enrolment, receipt_epochs, sealing_plan, sshsig
from sync.profile import Violation

LARGEST = 256 << 10


def take_in(station: Station, catalog: Catalog, grant: Mapping[str, Any], folder: Path) -> list[dict[str, Any]]:
    """The documents of `folder` that are new. Raises `BadBundle` for the first that cannot be believed; those
    before it are kept. A receipt without its signature has not come yet."""
    taken = []
    known = {row["city_seq"]: row["document"].encode() for row in receipts.all_in(catalog.db, grant["city"])}
    for number, path in sorted((int(p.stem), p) for p in folder.glob("[0-9]*.json") if p.stem.isdecimal()):
        signature = path.with_name(f"{path.name}.sig")
        if not signature.exists():
            continue
        data = _small(path)
        if known.get(number) == data:
            continue
        signed = _small(signature)
        document = believed(data, signed, grant, enrolment.principal_of(station))
        failpoint.reached("receipt.fetched")
        place, upon = receipt_epochs.place_of(catalog.db, grant["city"], document)
        if document["city_seq"] != number or number in known or place == "fork":
            raise _bad("RECEIPT-FORK")
        with catalog.writing() as db:
            if upon is not None:
                receipt_epochs.send_again(db, grant["city"], upon, document)
            _keep(db, grant["city"], document, data, signed)
        failpoint.reached("receipt.committed")
        taken.append(document)
    return taken


def believed(data: bytes, signature: bytes, grant: Mapping[str, Any], county: str) -> dict[str, Any]:
    """The document of a receipt. Raises `BadBundle`: BAD-SIGNATURE, UNKNOWN-SIGNER, JSON, WRONG-STATION."""
    try:
        signed = sshsig.verify(signature, data, sshsig.RECEIPT)
    except sshsig.BadSignature as error:
        raise _bad("BAD-SIGNATURE") from error
    if signed.key != grant["sign"]:
        raise _bad("UNKNOWN-SIGNER")
    try:
        document = canonical.read(data)
    except ValueError as error:
        raise _bad("JSON") from error
    if document.get("county") != county or document.get("city") != grant["city"]:
        raise _bad("WRONG-STATION")
    return document


def _keep(db: Database, city: str, document: Mapping[str, Any], data: bytes, signature: bytes) -> None:
    bundle = bundles.by_tag(db, document["tagmanifest_sha256"]) or bundles.by_place(
        db, document["bundle"], document["version"]
    )
    receipts.insert_in(
        db,
        {
            "bundle": bundle["id"] if bundle else None, "city_seq": document["city_seq"], "station": city,
            "status": document["status"], "document": data.decode(), "signature": signature.decode(),
            "fetched_at": clock.now().wall,
        },
    )  # fmt: skip
    journal.append(
        db, "receipt.taken", f"lesson/{bundle['lesson']}" if bundle else f"bundle/{document['bundle']}",
        {"city_seq": document["city_seq"], "status": document["status"], "seq": document["seq"]},
    )  # fmt: skip
    if bundle:
        _move_on(db, bundle, document)
    else:
        _notice_lost_past(db, document)


def _move_on(db: Database, bundle: Mapping[str, Any], document: Mapping[str, Any]) -> None:
    status, findings = document["status"], document["findings"]
    code = findings[0].get("code", "") if findings else ""
    says = "；".join(str(finding.get("says", "")) for finding in findings)[:1000]
    if status == "quarantined" and code in codes.MENDED_BY_SENDING_AGAIN:
        fields = {"state": "sealed", "reason": f"上级收到的内容不完整，重新传送（{code}）", "next_try": 0}
    elif status == "verified":
        missing = "、".join(str(number) for number in document["missing_seqs"][:20])
        fields = {"state": "verified", "reason": f"上级已验证，等待前面的第 {missing} 号", "next_try": 0}
    else:
        fields = {"state": status, "reason": says, "next_try": 0}
    bundles.update(db, bundle["id"], fields)
    newest = bundles.newest_of(db, bundle["lesson"])
    if newest is None or newest["id"] != bundle["id"]:
        return
    state = lessons.by_no(db, bundle["lesson"]).state
    if status == "cataloged" and state in (LessonState.BUNDLED, LessonState.SENT):
        lessons.set_state(db, bundle["lesson"], LessonState.ACCEPTED)
    elif status == "returned":
        lessons.set_state(db, bundle["lesson"], LessonState.RETURNED)
        bundles.note_returned(db, bundle["lesson"], says)


def _notice_lost_past(db: Database, document: Mapping[str, Any]) -> None:
    """A receipt for a number that this catalog never gave: it is a restored backup (F16)."""
    last = bundles.last(db)
    here = (last["epoch"], last["seq"]) if last else (0, 0)
    epoch = bundles.remembered(db, sealing_plan.EPOCH) or 1
    if document["epoch"] >= epoch and (document["epoch"], document["seq"]) > here:
        sealing_plan.begin_epoch(db, document["epoch"], "上级的回执里有本机没有的序号")


def _small(path: Path) -> bytes:
    try:
        return bag.small(path.parent, path.name, LARGEST, absent="MISSING")
    except Violation as violation:
        raise _bad(violation.code) from violation


def _bad(code: str) -> BadBundle:
    return BadBundle(f"回执不可信：{codes.SAYS[code]}", code=code, effect="没有采用", remedy="请与上级站点核对")
