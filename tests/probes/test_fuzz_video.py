"""Films that nobody made by mistake: whatever the bytes, a look ends with an answer, and nothing passes by default.

Quick examples run always, many in `make fuzz`. What parses outside the fence (`container`, `sort_of`) and what walks
boxes and frames is called in this process, where a crash, a hang or a swollen memory shows; `probe` runs it all.
"""

from __future__ import annotations

import struct
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.model import Identity, LessonFacts, Material, Phase, Verdict
from appliance.probes import probe
from appliance.probes.container import whole
from appliance.probes.film.damage import nal
from appliance.probes.film.mp4 import intervals
from appliance.probes.sort_of import sort_of
from appliance.rules import engine
from appliance.rules.load import load
from tests.probes.conftest import MakeVideo

EDITION = load("2024")
PRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
SIZES = (0, 1, 2, 7, 8, 15, 16, 0x7FFFFFFF, 0xFFFFFFFF)
KINDS = (b"moov", b"mdat", b"trak", b"mdia", b"minf", b"stbl", b"stts", b"stsz", b"stco", b"stsc", b"edts", b"hdlr",
         b"mdhd", b"avcC", b"moof", b"traf", b"trun", b"free", b"ftyp")  # fmt: skip

# A change: (where as a share of the file, what is done there, with what).
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.floats(0, 1), st.just("bytes"), st.binary(min_size=1, max_size=12)),
        st.tuples(st.floats(0, 1), st.just("zeros"), st.integers(1, 5000)),
        st.tuples(st.floats(0, 1), st.just("cut"), st.just(0)),
        st.tuples(st.floats(0, 1), st.just("put in"), st.binary(min_size=1, max_size=64)),
        st.tuples(st.sampled_from(KINDS), st.just("size"), st.sampled_from(SIZES)),
        st.tuples(st.sampled_from(KINDS), st.just("kind"), st.sampled_from(KINDS)),
        st.tuples(st.sampled_from(KINDS), st.just("numbers"), st.binary(min_size=16, max_size=16)),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@pytest.fixture(scope="module")
def films(make_video: MakeVideo) -> list[bytes]:
    """Twelve seconds in three shapes: index first, in fragments, in another container; with an edit list."""
    shapes = (("-movflags", "+faststart"), ("-movflags", "+frag_keyframe+empty_moov"), ("-f", "matroska"))
    return [make_video(f"fuzz{n}.mp4", options=options).read_bytes() for n, options in enumerate(shapes)]


def changed(data: bytes, changes: list[tuple[Any, str, Any]]) -> bytes:
    work = bytearray(data)
    for where, what, value in changes:
        at = work.find(where) - 4 if isinstance(where, bytes) else int(where * len(work))
        if at < 0:
            continue
        if what == "cut":
            del work[at:]
        elif what == "put in":
            work[at:at] = value
        elif what == "size":
            work[at : at + 4] = struct.pack(">I", value)
        elif what == "kind":
            work[at + 4 : at + 8] = value
        elif what == "numbers":
            work[at + 8 : at + 24] = value
        else:
            new = bytes(value) if what == "zeros" else value
            work[at : at + len(new)] = new[: max(0, len(work) - at)]
    return bytes(work)


def looked_in_process(data: bytes, place: Path) -> None:
    """All that reads boxes and frames without a foreign parser."""
    place.write_bytes(data)
    told = whole(place)
    assert told.ok is (told.says == "")
    sort_of(place)
    with place.open("rb") as file:
        found = intervals.intervals(file, len(data))
        assert found is None or found["count"] > 0
        assert isinstance(nal.look(file, len(data)), dict)


def verdict_of(path: Path) -> tuple[Verdict, dict[str, Any]]:
    media = probe(path)
    film = Material("video", 1, path.name, "s", path.stat().st_size, media)
    identity = Identity(title="摆", category="subject", stage="primary", subject="数学")
    return engine.verdict(engine.check(LessonFacts(identity, Phase.PRODUCTION, (film,)), EDITION)), media


def _boxes(examples: int) -> Callable[[Any], Any]:
    def test(films: list[bytes], tmp_path: Path) -> None:
        @settings(max_examples=examples, deadline=5000, suppress_health_check=PRESSED, derandomize=True)
        @given(st.integers(0, 2), CHANGES)
        def check(number: int, changes: list[tuple[Any, str, Any]]) -> None:
            looked_in_process(changed(films[number], changes), tmp_path / "a.mp4")

        check()

    return test


def _probes(examples: int) -> Callable[[Any], Any]:
    def test(films: list[bytes], tmp_path: Path) -> None:
        @settings(max_examples=examples, deadline=120_000, suppress_health_check=PRESSED, derandomize=True)
        @given(st.integers(0, 2), CHANGES)
        def check(number: int, changes: list[tuple[Any, str, Any]]) -> None:
            path = tmp_path / "a.mp4"
            path.write_bytes(changed(films[number], changes))
            verdict, media = verdict_of(path)
            # The film is too short and too small, so whatever can be read of it returns it; the rest asks a person.
            assert verdict != Verdict.PASS, media

        check()

    return test


test_no_change_of_bytes_stops_or_swells_what_walks_boxes = pytest.mark.clause("V5")(_boxes(60))
test_no_change_of_bytes_stops_or_swells_what_walks_boxes_many = pytest.mark.slow(_boxes(5000))
test_a_changed_film_never_passes = pytest.mark.clause("V5", "E7")(_probes(4))
test_a_changed_film_never_passes_many = pytest.mark.slow(_probes(400))


@settings(max_examples=60, deadline=5000, suppress_health_check=PRESSED, derandomize=True)
@given(data=st.one_of(st.binary(max_size=400), st.tuples(st.sampled_from(KINDS), st.binary(max_size=300)).map(
    lambda row: struct.pack(">I", 8 + len(row[1])) + row[0] + row[1])))  # fmt: skip
@pytest.mark.fault("H9")
def test_any_few_bytes_are_looked_at_to_the_end(data: bytes, tmp_path: Path) -> None:
    looked_in_process(data, tmp_path / "a.mp4")


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
