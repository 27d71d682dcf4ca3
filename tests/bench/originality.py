"""A new lesson against 2,000 that the box holds, each with two documents and a film of 12 minutes: by keys, and by
comparing with every one."""

from __future__ import annotations

import hashlib
import random
import resource
import time
from array import array
from pathlib import Path

from sqlite_utils import Database

from appliance.catalog import arrivals, fingerprints, lessons
from appliance.intake import likeness
from appliance.model import Identity, LessonGuess, Material, Phase
from appliance.originality import pairs, sound
from appliance.originality.sound import SoundPrint
from appliance.originality.text import TextPrint
from appliance.rules.load import load
from appliance.station import create
from tests.bench.table import Row, compare

HELD, HASHES, WORDS = 2000, 2500, 5800
_CHANCE = random.Random(7)
_TEMPLATE = [_CHANCE.getrandbits(32) for _ in range(150)]


def rows(place: Path) -> list[Row]:
    station = create(place / "county", "county", "示例县", "110101")
    catalog, edition = station.catalog(), load("2024")
    with catalog.writing() as db:
        for number in range(HELD):
            texts = [_TEMPLATE + _random(HASHES) for _ in range(2)]
            _lesson(db, number, texts, _random(WORDS))
        copied = fingerprints.of_files(db, [_sha256(77, "plan"), _sha256(77, "video")])
        text, film = (one.print for one in copied)
        assert isinstance(text, TextPrint) and isinstance(film, SoundPrint)
        edited = [one if _CHANCE.random() < 0.7 else _CHANCE.getrandbits(32) for one in text.hashes]
        recoded = [word ^ (1 << _CHANCE.randrange(32)) * (_CHANCE.random() < 0.6) for word in film.words[160:]]
        new = _lesson(db, HELD, [edited, _random(HASHES)], recoded)
    lesson = lessons.by_no(catalog.db, new)
    start = time.perf_counter()
    seen = likeness.of_lesson(catalog.db, lesson, edition)
    ours = time.perf_counter() - start
    named = {(row.kind, row.lesson) for row in seen.facts}
    assert named == {("text", 78), ("sound", 78)}, named
    size = (station.home / "catalog.db").stat().st_size + (station.home / "catalog.db-wal").stat().st_size
    one_text = _every_text(catalog.db, edited)
    one_film = _every_film(film, SoundPrint(array("I", recoded)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        compare(f"原创：一节新课的两份文档、一个视频与 {HELD} 节比", ours, "只把两份文档逐一比较", 2 * one_text),
        Row("原创：一个视频与每个视频的每种错位逐一比较", f"约 {one_film / 3600:.0f} 小时（推算）"),
        Row("原创：目录库里的指纹", f"{size / HELD / 1000:.0f} KB 一节", "", f"进程最多占 {memory:.0f} MB"),
    ]


def _every_text(db: Database, hashes: list[int]) -> float:
    new, start = TextPrint(1, tuple(hashes)), time.perf_counter()
    for row in db.query("select * from print where kind = 'text'"):
        found = fingerprints.read(row["kind"], row["scale"], row["data"])
        if isinstance(found, TextPrint):
            pairs.texts(new, found, (), (), 120)
    return time.perf_counter() - start


def _every_film(film: SoundPrint, new: SoundPrint, runs: int = 3, shifts: int = 20) -> float:
    """Seconds for all films at all shifts, from a few."""
    start = time.perf_counter()
    for _ in range(runs):
        for shift in range(shifts):
            sound.compare(new, film, [shift])
    return (time.perf_counter() - start) / runs / shifts * 2 * WORDS * HELD


def _random(count: int) -> list[int]:
    return array("I", _CHANCE.randbytes(4 * count)).tolist()


def _sha256(number: int, role: str) -> str:
    return hashlib.sha256(f"{number} {role}".encode()).hexdigest()


def _lesson(db: Database, number: int, texts: list[list[int]], words: list[int]) -> int:
    prints = {"plan": ("text", texts[0]), "slides": ("text", texts[1]), "video": ("sound", words)}
    for role, (kind, values) in prints.items():
        sha256 = _sha256(number, role)
        db["blob"].insert({"sha256": sha256, "size": 1, "stored_at": "", "verified_at": ""})
        fingerprints.add(db, kind, 1, fingerprints.written(values), sha256=sha256)
    identity = Identity(
        title=f"示例课 {number}", category="subject", stage="primary", teacher=f"教师{number}", school="示例小学"
    )
    materials = tuple(Material(role, 1, role, _sha256(number, role), 1) for role in prints)
    return arrivals.save_guess(db, None, LessonGuess(identity, materials), Phase.PRODUCTION)[0]
