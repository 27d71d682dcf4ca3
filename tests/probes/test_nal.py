"""Damage inside a film, and none where there is none: real films of many makers, harmed and left alone."""

from __future__ import annotations

import functools
import random
import struct
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from appliance.probes.film.damage import nal
from appliance.probes.parent import look
from tests.probes.conftest import MakeVideo

Film = Callable[[str], Path]
CLEAN = {"count": 0, "at": []}
PHONE = ("-bf", "0", "-bsf:v", "setts=pts=PTS+100*mod(floor(PTS/512)\\,3):dts=DTS+100*mod(floor(DTS/512)\\,3)")
CBR = ("-b:v", "2M", "-minrate", "2M", "-maxrate", "2M", "-bufsize", "1M", "-x264-params", "nal-hrd=cbr")
SILENT_PCM = ("-c:a", "pcm_s16le", "-af", "volume=0")
MAKERS: dict[str, tuple[str, ...]] = {
    "h264.mp4": (),
    "cavlc.mp4": ("-profile:v", "baseline"),
    "slices.mp4": ("-x264-params", "slices=8:aud=1"),
    "filled.mp4": CBR,
    "hevc.mp4": ("-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=error:slices=2"),
    "phone.mp4": PHONE,
    "index-first.mp4": ("-movflags", "+faststart"),
    "fragments.mp4": ("-movflags", "+frag_keyframe+empty_moov+default_base_moof"),
    "old-fragments.mp4": ("-movflags", "+frag_keyframe", "-frag_duration", "700000"),
    "apart.mp4": ("-movflags", "+frag_keyframe+empty_moov+separate_moof"),
    "pcm.mov": SILENT_PCM,
    "mute.mp4": ("-an",),
    "loud.mp4": ("-ac", "2", "-b:a", "256k", "-frag_interleave", "0", "-max_interleave_delta", "0"),
}


@pytest.fixture(scope="module")
def film(make_video: MakeVideo) -> Callable[[str], Path]:
    return functools.cache(lambda name: make_video(name, options=MAKERS[name]))


def looked(data: bytes, place: Path) -> dict[str, Any]:
    place.write_bytes(data)
    with place.open("rb") as file:
        return nal.look(file, len(data))


@pytest.mark.parametrize("name", MAKERS)
def test_a_film_that_is_whole_is_never_accused(film: Film, name: str) -> None:
    answer = look("nal", film(name))
    answer.pop("isolation")
    assert answer == {"samples": 300, "damaged": CLEAN, "doubtful": CLEAN, "sound": CLEAN}


def test_a_film_that_was_trimmed_without_encoding_is_not_accused(make_video: MakeVideo, tmp_path: Path) -> None:
    whole, cut = make_video(), tmp_path / "cut.mp4"
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-ss", "6.4", "-i", whole, "-c", "copy", cut], check=True)
    assert looked(cut.read_bytes(), tmp_path / "a.mp4")["damaged"] == CLEAN


@pytest.mark.parametrize("name", ["h264.mp4", "hevc.mp4", "filled.mp4", "index-first.mp4"])
@pytest.mark.parametrize("size", [512, 4096, 65536])
def test_zeroed_sectors_are_found_at_their_second(film: Film, tmp_path: Path, name: str, size: int) -> None:
    path = film(name)
    data = path.read_bytes()
    frames = [(place, second) for place, second, bytes_ in packets(path, "v:0") if bytes_ > 800]
    chance = random.Random(size)
    for _ in range(4):
        at, second = chance.choice([one for one in frames if one[0] < len(data) // 2])
        harmed = bytearray(data)
        harmed[at + 100 : at + 100 + size] = bytes(size)
        found = looked(bytes(harmed), tmp_path / "a.mp4")
        places = (found["damaged"]["at"] + found["doubtful"]["at"])[0]
        assert places[0] - 0.1 <= second <= places[1] + 0.2


def packets(path: Path, stream: str) -> list[tuple[int, float, int]]:
    """(place, second, size) of each frame, as ffprobe tells them."""
    command = ["ffprobe", "-v", "error", "-select_streams", stream, "-show_entries", "packet=pos,dts_time,size",
               "-of", "csv=p=0", str(path)]  # fmt: skip
    rows = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    fields = [row.rstrip(",").split(",") for row in rows]
    return [(int(place), float(second), int(size)) for second, size, place in fields if place.isdecimal()]


@pytest.mark.parametrize("fill", [lambda n: random.Random(n).randbytes(n), lambda n: b"\xff" * n], ids=["any", "ff"])
def test_a_block_of_other_bytes_is_found_when_it_is_longer_than_a_frame(
    film: Film, tmp_path: Path, fill: Callable[[int], bytes]
) -> None:
    data = bytearray(film("h264.mp4").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 65536] = fill(65536)
    assert looked(bytes(data), tmp_path / "a.mp4")["damaged"]["count"] > 0


def test_zeros_where_sound_should_be_ask_for_an_ear(film: Film, tmp_path: Path) -> None:
    """Two frames of sound that follow each other, and nothing of a picture."""
    data = bytearray(film("loud.mp4").read_bytes())
    frames = packets(film("loud.mp4"), "a:0")
    at = next(one[0] for one, other in pairwise(frames[60:]) if other[0] == one[0] + one[2])
    size = sum(frame[2] for frame in frames if at <= frame[0] < at + 700)
    data[at : at + size] = bytes(size)
    found = looked(bytes(data), tmp_path / "a.mp4")
    assert (found["sound"]["count"], found["damaged"]) == (2, CLEAN)


def test_zeros_that_fill_frames_up_are_an_encoders_way(make_video: MakeVideo, tmp_path: Path) -> None:
    """As camera chips do for a constant rate: every picture is followed by 600 zeros inside its sample."""
    filled = with_filling(make_video("plain.mp4", options=("-an", "-bf", "0")).read_bytes(), bytes(600))
    assert looked(filled, tmp_path / "a.mp4")["damaged"] == CLEAN
    assert looked(filled, tmp_path / "a.mp4")["doubtful"] == CLEAN


def with_filling(data: bytes, filling: bytes) -> bytes:
    """Samples in one chunk at the end of the file, sizes and the one place written anew."""
    sizes_at = data.index(b"stsz") + 16
    count = struct.unpack(">I", data[sizes_at - 4 : sizes_at])[0]
    sizes = struct.unpack(f">{count}I", data[sizes_at : sizes_at + 4 * count])
    chunk_at = data.index(b"stco") + 12
    chunks, at = struct.unpack(">II", data[chunk_at - 4 : chunk_at + 4])
    assert chunks == 1
    frames = b""
    for size in sizes:
        frames, at = frames + data[at : at + size] + filling, at + size
    grown = bytearray(data)
    grown[sizes_at : sizes_at + 4 * count] = struct.pack(f">{count}I", *(size + len(filling) for size in sizes))
    grown[chunk_at : chunk_at + 4] = struct.pack(">I", len(data) + 8)
    return bytes(grown) + struct.pack(">I4s", len(frames) + 8, b"mdat") + frames


def test_what_is_not_made_of_units_is_left_to_other_rules(make_video: MakeVideo, tmp_path: Path) -> None:
    old = make_video("old.mp4", options=("-c:v", "mpeg4"))
    assert looked(old.read_bytes(), tmp_path / "a.mp4") == {"other": "mp4v"}
    assert looked(make_video("a.mkv").read_bytes(), tmp_path / "a.mkv") == {"other": ""}


@pytest.mark.parametrize("name", ["h264.mp4", "fragments.mp4"])
def test_hostile_tables_end_quickly_in_an_answer(film: Film, tmp_path: Path, name: str) -> None:
    """Numbers of the index are replaced at random, often by the greatest ones."""
    data, chance = film(name).read_bytes(), random.Random(7)
    index = data.index(b"moov")
    for _ in range(150):
        harmed = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(index, min(index + 4000, len(data) - 4))
            harmed[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\0\0\0\1", chance.randbytes(4)])
        assert {"damaged", "other", "undetermined"} & set(looked(bytes(harmed), tmp_path / "a.mp4"))
