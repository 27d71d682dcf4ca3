"""A sample office: users of every role, a stick amid its copy, deliveries, lessons in many states, bundles.

Rows are made through the catalog's own functions where there are any. Names are plainly samples.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
import subprocess
import time

from sqlite_utils import Database

from appliance import clock, journal
from appliance.catalog import (
    Catalog,
    arrivals,
    checks,
    deliveries,
    drafts,
    drops,
    lessons,
    papers,
    publicity,
    records,
    rosters,
    users,
)
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
from appliance.rules.load import load
from appliance.selection import recusal, seating, trial
from appliance.selection.publicity import line
from appliance.station import Station

PASSWORD = "sample password"
USERS = {"clerk": "经办甲", "approver": "审批甲", "technician": "技术员甲"}
HOSTILE = '<script>alert("x")</script>\u202egpj.exe" onload="alert(1)'

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
        _seen(db, station)
        _on_show(db, station)
        _rosters(db)
        _publicity(db)
    _session(catalog)
    catalog.close()


def _session(catalog: Catalog) -> None:
    """Drawn and led by 审批甲: two lessons, two judges of whom one is recused, an observer, a touch, a sheet on paper."""
    by = "经办甲"
    no = trial.create(
        catalog, load("2024"), f"示例场次{HOSTILE}", "subject", "primary", "", "第一教室", ["8"], by, "审批甲"
    )
    trial.add(catalog, no, [2, 4], "finished_video", by)
    seating.seat(catalog, no, seating.Person(f"评委甲{HOSTILE}", "示例教研室", ["数学"], ["教师乙"]), by)
    seating.seat(catalog, no, seating.Person("评委乙", "示例第一小学"), by)
    seating.seat(catalog, no, seating.Person("观摩甲", "示例教研室"), by, "observer")
    recusal.override(catalog, no, 4, "评委乙", "只在这所学校代过课", by, "审批甲")
    trial.cast_lots(catalog, no, "八六一三", by)
    with catalog.writing() as db:
        drafts.add(db, no, 2, "观摩甲", "tablet", 1, {"1": "8"}, "")
        row = {"session": no, "lesson": 4, "judge": "评委乙", "comment": HOSTILE, "written_total": "8", "reason": "",
               "scan": "", "sort": ""}  # fmt: skip
        papers.enter(db, row, {str(n): "1" for n in range(1, 8)}, by)


def add_user(db: Database, name: str, role: str) -> None:
    users.create(db, name, name, role, cheap_hash())


def cheap_hash(secret: str = PASSWORD) -> str:
    """A real Argon2id hash with the least memory: many tests sign in."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=b"0123456789abcdef", length=32, iterations=1, lanes=1, memory_cost=8)
    return kdf.derive_phc_encoded(secret.encode())


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


def _seen(db: Database, station: Station) -> None:
    """What the probes saw of the first lesson's film: a film that plays, two pictures, a curve of its sound."""
    row = next(db.query("select sha256 from material where role = 'video' order by id limit 1"))
    path = station.store().path(row["sha256"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(film())
    curve = [-24.0 + 6 * math.sin(place / 7) - 30 * (150 < place < 165) for place in range(300)]
    sound = {"loudness": -22.4, "peak": -1.2, "clipped_per_min": 0.0, "floor": -58.0, "silent_share": 0.05,
             "longest_silence_s": 36.0, "heard_s": 720.0, "curve": curve}  # fmt: skip
    lines = [
        {"text": text, "surest": 0.99, "least": 0.98, "box": [0, 40 * row, 300, 40 * row + 30]}
        for row, text in enumerate(("人教版 数学 三年级上册", "分数的初步认识 0", "主讲教师：教师颐"))
    ]
    media = {"kind": "video", "type": "mp4", "whole": {"ok": True, "says": ""}, "duration_s": 720.0, "sound": sound,
             "frames": {"seen": 120, "faces": {"looked": 118, "seen": 90, "at": []}},
             "card": {"shots": [{"at": [0.5, 2.5, 4.5], "lines": lines}]}, "pictures": ["card", "contact", "later"]}  # fmt: skip
    checks.save_media(db, row["sha256"], media, {})
    for name, tiles in (("card", "1x1"), ("contact", "4x4")):
        station.evidence().save(row["sha256"], name, picture(tiles))


def _on_show(db: Database, station: Station) -> None:
    """The lesson that the station above has: its film plays, an approver put it on show."""
    row = next(db.query("select no, sha256 from lesson join material using (revision) where state = 'accepted'"
                        " and role = 'video' order by no limit 1"), None)  # fmt: skip
    if row is None:
        return
    path = station.store().path(row["sha256"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(film())
    checks.save_media(db, row["sha256"], {"kind": "video", "type": "mp4"}, {})
    records.add(db, row["no"], "on_show", "展播", "同意书齐", "审批甲")


@functools.cache
def film() -> bytes:
    """Three seconds that Chromium plays."""
    return _made(
        "testsrc=s=320x180:r=25:d=3", "-pix_fmt", "yuv420p", "-f", "mp4", "-movflags", "frag_keyframe+empty_moov"
    )


@functools.cache
def picture(tiles: str) -> bytes:
    return _made(f"testsrc=s=320x180:r=1:d=16,tile={tiles}", "-frames:v", "1", "-f", "mjpeg")


def _made(graph: str, *how: str) -> bytes:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", graph, *how, "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _publicity(db: Database) -> None:
    """One list with an answered objection and one without; nobody closed it."""
    row = {"title": f"示例公示{HOSTILE}", "contact": "示例县教育局基教科", "first_day": "2024-09-20", "days": 5,
           "last_day": "2024-09-27", "edition": "2024", "edition_hash": "0" * 64}  # fmt: skip
    lines = [line(n, lessons.by_no(db, n).identity, load("2024")) for n in range(1, lessons.count(db) + 1)]
    no = publicity.add(db, row, lines, "经办甲")
    answered = publicity.object_to(db, no, 1, "某人", f"教学设计有雷同{HOSTILE}", "经办甲")
    publicity.answer(db, answered, "dismissed", "逐段比对，不属实", "审批甲")
    publicity.object_to(db, no, None, "某校", "名额不公", "经办甲")


def _rosters(db: Database) -> None:
    """One in force, and a draft that adds, changes and removes a school."""
    lines = [
        {"name": f"示例第{n}小学", "code": f"010{n}", "aliases": [f"{n}小"], "group": "", "quota": "2"}
        for n in range(4)
    ]
    rosters.settle(
        db, rosters.add(db, "schools", "学校名册.xlsx", "0" * 64, lines[:3], "经办甲"), rosters.IN_FORCE, "经办甲"
    )
    draft = [lines[0] | {"group": "示例教育集团"}, lines[2], lines[3] | {"name": f"示例镇中心小学{HOSTILE}"}]
    rosters.add(db, "schools", "学校名册（新）.xlsx", "1" * 64, draft, "经办甲")


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
