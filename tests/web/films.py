"""What Chromium plays and paints: a film of three seconds, a sheet of pictures; what the probes saw of them; a scan."""

from __future__ import annotations

import functools
import io
import math
import subprocess

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import blobs, checks, records, scans
from appliance.station import Station
from tests.probes.pdf_maker import pdf

RETURNED, COMPLETE = 1, 4  # lessons of the sample office
FILM = 1  # a material of the first


def noted(db: Database) -> list[tuple[str, str]]:
    """Looks that the journal tells of: (kind, who)."""
    found = db.query(
        "select kind, actor from event where kind like 'original.%' or kind like 'evidence.%' order by seq"
    )
    return [(row["kind"], row["actor"]) for row in found]


def seen(db: Database, station: Station) -> None:
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


def on_show(db: Database, station: Station) -> None:
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


def scanned(db: Database, station: Station) -> None:
    """The school's recommendation of the first lesson: written down, its form brought twice, as a picture and a PDF."""
    records.add(db, 1, "school_says", "校内第 1 名，2024-06-20，有公章", "", "经办甲")
    form = pdf(["示例第一小学推荐表", "课名：分数的初步认识 0", "校内排序：第 1 名", "2024 年 6 月 20 日（公章）"])
    for name, sort, data in (("推荐表照片.jpg", "jpg", picture("1x1")), ("推荐表.pdf", "pdf", form)):
        blob = station.scans().put(io.BytesIO(data))
        blobs.add(db, [blob], clock.now())
        row = {"sha256": blob.sha256, "sort": sort, "size": blob.size, "name": name, "material": None}
        scans.add(db, 1, "school_says", row, "经办甲")


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
