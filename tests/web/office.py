"""A sample office: users of every role, a stick amid its copy, deliveries, lessons in many states, bundles.

Rows are made through the catalog's own functions where there are any. Names are plainly samples.
"""

from __future__ import annotations

import hashlib
import json
import time

from sqlite_utils import Database

from appliance import clock, journal
from appliance.catalog import arrivals, checks, deliveries, drops, lessons
from appliance.model import (
    Entry,
    Fate,
    Finding,
    Identity,
    LessonGuess,
    LessonState,
    Material,
    Outcome,
    Phase,
    Severity,
    Verdict,
)
from appliance.station import Station
from tests.web.films import on_show, scanned, seen
from tests.web.office_season import in_rosters, session, shown_in_public
from tests.web.people import HOSTILE, PASSWORD, USERS, add_user, cheap_hash

__all__ = ["CARD", "FPS", "HOSTILE", "PASSWORD", "SECTION", "USERS", "add_user", "cheap_hash", "furnish"]

FPS = Finding(
    rule="video-fps", clause="V2", severity=Severity.ERROR, outcome=Outcome.FAIL, material="微课视频.mp4",
    measured="30 帧/秒", expected="25 帧/秒", says="视频是 30 帧/秒", fix="请用剪辑软件按 25 帧/秒重新导出", place="附件1",
)  # fmt: skip
SECTION = Finding(
    rule="sections", clause="D5", severity=Severity.ERROR, outcome=Outcome.FAIL, material="学习任务单.docx",
    measured="没有“学习准备”", expected="有“学习准备”", says="学习任务单缺少“学习准备”", fix="请补写“学习准备”一栏", place="附件1",
)  # fmt: skip
CARD = Finding(
    rule="title-card", clause="V5", severity=Severity.WARNING, outcome=Outcome.UNDETERMINED, material="微课视频.mp4",
    measured="开头静止 9 秒", expected="片头 5 秒", says="分不清是片头还是课件", fix="请人看一看视频开头", place="附件1",
)  # fmt: skip


def furnish(station: Station, rows: int = 4) -> None:
    """`rows`: deliveries, each with one lesson, the newest the richest."""
    catalog = station.catalog()
    with catalog.writing() as db:
        for role, name in USERS.items():
            add_user(db, name, role)
        add_user(db, "审批乙", "approver")
        stick = _sticks(db)
        for number in range(rows):
            _delivery(db, stick, number)
        _upstream(db)
        seen(db, station)
        on_show(db, station)
        scanned(db, station)
        in_rosters(db)
        shown_in_public(db)
    session(catalog)
    catalog.close()


def _sticks(db: Database) -> int:
    busy = drops.appear(db, "usb", "sample-1", "示例中心校", "/media/sample", "示例第一小学")
    progress = {"state": "copying", "bytes_total": 3_200_000_000, "bytes_done": 1_350_000_000, "files_total": 42,
                "files_done": 17, "current": "三年级数学《分数的初步认识》教师甲/微课视频.mp4"}  # fmt: skip
    drops.tell(db, busy, progress)
    gone = drops.appear(db, "usb", "sample-2", "U盘 2", "/media/other", "示例第二小学")
    drops.vanish(db, gone, "拔得太早：“微课视频.mp4”没有收完，请重新插入")
    return busy


def _delivery(db: Database, drop: int, number: int) -> None:
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    row = deliveries.insert(
        db, drop=drop, source=f"示例中心校/第{number}批", kind="usb", school="示例第一小学", fingerprint=digest,
        code="360731", at=clock.now(),
    )  # fmt: skip
    names = ("微课视频.mp4", "教学设计.docx", "学习任务单.docx", "课件.pptx")
    hashes = {name: hashlib.sha256(f"{number}{name}".encode()).hexdigest() for name in names}
    for name, sha256 in hashes.items():
        db["blob"].insert({"sha256": sha256, "size": 1, "stored_at": "", "verified_at": clock.now().wall})
        deliveries.add_entries(db, row["no"], [Entry(f"{number}/{name}", 450_000_000, Fate.STORED, "", sha256)])
    odd = [Entry(f"{number}/Thumbs.db", 8192, Fate.IGNORED, "系统文件")]
    odd += [Entry(f"{number}/{HOSTILE}", 70_000_000, Fate.QUARANTINED, "视频不完整，只有前一半")]
    deliveries.add_entries(db, row["no"], odd)
    roles = ("video", "plan", "task_sheet", "slides")
    sizes = (812_000_000, 240_000, 96_000, 5_400_000)
    materials = tuple(Material(r, 1, n, hashes[n], s) for r, n, s in zip(roles, names, sizes, strict=True))
    guess = LessonGuess(_identity(number), materials)
    no, revision, _ = arrivals.save_guess(db, row["no"], guess, Phase.PRODUCTION)
    _check(db, no, revision, number)
    db["delivery"].update(row["no"], {"state": "checked"})
    journal.append(db, "received", f"delivery/{row['no']}", {"receipt": row["receipt"]})


def _identity(number: int) -> Identity:
    title = HOSTILE if number == 1 else f"分数的初步认识 {number}"
    return Identity(
        title=title, category="subject", stage="primary", subject="数学", grade="三年级", textbook="人教版",
        volume="上册", teacher="教师甲" if number % 2 else "教师𬱖", school="示例第一小学",
    )  # fmt: skip


def _check(db: Database, no: int, revision: int, number: int) -> None:
    verdict, findings, state = (
        (Verdict.RETURN, [FPS, SECTION, CARD], LessonState.RETURNED),
        (Verdict.PERSON, [CARD], LessonState.SUBMITTED),
        (Verdict.PASS, [], LessonState.ACCEPTED),
        (Verdict.PASS, [], LessonState.COMPLETE),
    )[number % 4]
    checks.record(db, no, revision, Phase.PRODUCTION, ("2024", "0" * 64), {}, verdict, findings)
    lessons.set_verdict(db, no, verdict)
    lessons.set_state(db, no, state)


def _upstream(db: Database) -> None:
    states = (("cataloged", "", 0), ("sending", "", 0), ("sealed", "线路不通", time.monotonic() + 300))
    for seq, (state, reason, next_try) in enumerate(states, 1):
        lesson = next(db.query("select no, revision from lesson order by no limit 1"))
        db["bundle"].insert(
            {
                "lesson": lesson["no"], "revision": lesson["revision"], "version": seq, "epoch": 1, "seq": seq,
                "prev": "0" * 64, "tagmanifest_sha256": f"{seq:064x}", "path": "outbox/x", "bytes": 818_000_000,
                "created_at": clock.now().wall, "state": state, "reason": reason, "attempts": 2 if reason else 0,
                "next_try": next_try, "bytes_sent": 300_000_000 if state == "sending" else 0,
            }
        )  # fmt: skip
    document = {"city_seq": 7, "status": "cataloged", "city_time": {"wall": "2024-05-18T14:30:00+08:00"}}
    db["receipt_in"].insert(
        {
            "bundle": 1, "city_seq": 7, "status": "cataloged", "document": json.dumps(document),
            "signature": "-----BEGIN SSH SIGNATURE-----", "fetched_at": clock.now().wall, "station": "360700",
        }
    )  # fmt: skip
