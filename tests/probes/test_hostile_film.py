"""Films that somebody made to hurt: tables that claim too much, boxes without end, other formats under the name. They
cost little outside the fence, are told, and never pass."""

from __future__ import annotations

import struct
import time
import tracemalloc
from pathlib import Path

import pytest

from appliance.model import Verdict
from appliance.probes.container import whole
from appliance.probes.sort_of import sort_of
from tests.probes.film_verdict import verdict_of


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


HEAD = box(b"ftyp", b"isom\0\0\2\0isomavc1")
MANY = 10**6


def track(**tables: bytes) -> bytes:
    """A track of pictures whose tables are these."""
    handler = box(b"hdlr", bytes(8) + b"vide" + bytes(13))
    scale = box(b"mdhd", bytes(12) + struct.pack(">II", 25, 250) + bytes(4))
    rows = b"".join(box(kind.encode(), data) for kind, data in tables.items())
    return box(b"trak", box(b"mdia", scale, handler, box(b"minf", box(b"stbl", rows))))


def claimed(rows: int) -> bytes:
    """A table that claims many rows and holds two."""
    return bytes(4) + struct.pack(">IIIII", rows, 1, 1, 1, 1)


HOSTILE = {
    "a million tracks": HEAD + box(b"moov", box(b"trak") * MANY) + box(b"mdat", bytes(9)),
    "a million boxes": HEAD + box(b"free") * MANY + box(b"moov") + box(b"mdat", bytes(9)),
    "a million rows": HEAD + box(b"moov", track(stts=bytes(4) + struct.pack(">I", MANY) + b"\0\0\0\1" * 2 * MANY))
    + box(b"mdat", bytes(9)),
    "tables that claim 2³² rows": HEAD + box(b"moov", track(stts=claimed(0xFFFFFFFF), stsz=claimed(0xFFFFFFFF),
    stco=claimed(0xFFFFFFFF), stsc=claimed(0xFFFFFFFF), ctts=claimed(0xFFFFFFFF))) + box(b"mdat", bytes(9)),
    "one frame that lasts for ever": HEAD + box(b"moov", track(stts=bytes(4) + struct.pack(">III", 1, 0xFFFFFFFF, 0xFFFFFFFF)))
    + box(b"mdat", bytes(9)),
    "an edit list in a loop": HEAD + box(b"moov", box(b"trak", box(b"edts", box(b"elst", bytes(4) + struct.pack(">I", 90_000)
    + struct.pack(">IiHH", 1, 0, 1, 0) * 90_000)), track()[8:])) + box(b"mdat", bytes(9)),
    "boxes in boxes": HEAD + b"".join(struct.pack(">I4s", 8 * n, b"moov") for n in range(5000, 1, -1))
    + box(b"mdat", bytes(9)),
    "a size of 0 in the middle": HEAD + struct.pack(">I4s", 0, b"moov") + bytes(99),
    "no index": HEAD + box(b"mdat", bytes(99_999)),
    "fragments without an end": HEAD + box(b"moov", track()) + (box(b"moof", box(b"traf", box(b"trun", bytes(8)))) + box(b"mdat")) * 50_000,
    "a film and a document in one": HEAD + box(b"free", b"PK\3\4%PDF-1.4\n") + box(b"moov") + box(b"mdat", bytes(9)) + b"PK\5\6" + bytes(18),
    "a document named mp4": b"PK\3\4" + bytes(26) + b"PK\5\6" + bytes(18),
    "a picture named mp4": b"\xff\xd8\xff\xe0" + bytes(999) + b"\xff\xd9",
    "a transport stream of rubbish": (b"\x47" + bytes(187)) * 9,
    "Matroska without anything": b"\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + bytes(999),
}  # fmt: skip


COSTLY = ("tables that claim 2³² rows", "a million tracks", "a million rows")  # until the child's time is up


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.fault("H9")
def test_a_hostile_film_costs_little_outside_the_fence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(HOSTILE[name])
    tracemalloc.start()
    start = time.process_time()
    whole(path)
    sort_of(path)
    spent, (_, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (spent < 10, peak < 16 << 20) == (True, True), (spent, peak)


@pytest.mark.clause("V5", "E7")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in COSTLY else name for name in HOSTILE]
)
@pytest.mark.fault("H9")
def test_a_hostile_film_is_told_and_never_passes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(HOSTILE[name])
    verdict, media = verdict_of(path)
    assert verdict in (Verdict.RETURN, Verdict.PERSON), media
