"""Films that nobody made by mistake: whatever the bytes, a look ends with an answer, and nothing passes by default.

Quick examples run always, many in `make fuzz`. What parses outside the fence (`container`, `sort_of`) and what walks
boxes and frames is called in this process, where a crash, a hang or a swollen memory shows; `probe` runs it all.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.model import Verdict
from appliance.probes.container import whole
from appliance.probes.film.damage import nal
from appliance.probes.film.mp4 import intervals
from appliance.probes.sort_of import sort_of
from tests.probes.conftest import MakeVideo
from tests.probes.film_verdict import verdict_of

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
