"""Films in which one thing is the matter, through the real child and the rules of the edition."""

from __future__ import annotations

import base64
import io
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from appliance.probes import parent
from appliance.probes.film.reel import MOST
from appliance.rules import engine
from appliance.rules.load import load
from tests.probes.film_maker import film
from tests.rules.samples import VIDEO_ROLE, complete, video, with_media

RULES = ("film-rests", "video-teacher", "video-light", "experiment-sharp", "advertising-codes")
SHAKE = "crop=iw-60:ih-40:x='30+12*sin(n*2.1)+8*sin(n*0.7)':y='20+9*cos(n*1.7)+6*sin(n*2.9)',scale=960:540"
# What was done to the film, and how the sentences begin that are said of it.
LESSONS: dict[str, tuple[str, list[str]]] = {
    "plain": ("null", []),
    "black start": ("drawbox=c=black:t=fill:enable='lt(t,7)'", ["视频里有黑屏：0:00–0:07，最长 7 秒"]),
    "dark": ("lutyuv=y=val*0.28", ["画面偏暗"]),
    "blurred": ("gblur=sigma=5", ["画面偏模糊"]),
    "shaky": (SHAKE, ["画面在晃动"]),
    "advert at 3 s": (
        "null[l];[l][code]overlay=700:30:enable='between(t,3,6)'",
        ["“微课.mp4”的画面里有二维码：0:04 的“https://ads.example.com/join”"],
    ),
}


def told(frames: dict[str, Any], **changes: Any) -> list[str]:
    """What the edition says of a film that shows this, as a lesson and as an experiment, each sentence once."""
    said: dict[str, None] = {}
    for category in ("subject", "experiment"):
        facts = with_media(complete(category), VIDEO_ROLE[category], video(720.0, frames=frames, **changes))
        for one in engine.check(facts, load("2024")):
            if one.rule in RULES:
                said[one.says] = None
    return list(said)


def look(path: Path) -> dict[str, Any]:
    return parent.look("frames", path)


@pytest.mark.clause("V1", "V4", "E8", "G7")
@pytest.mark.parametrize("what", LESSONS)
def test_a_film_is_told_for_what_it_shows(tmp_path: Path, what: str) -> None:
    filters, said = LESSONS[what]
    frames = look(film(tmp_path / "a.mp4", 10, then=filters))
    found = told(frames)
    assert (frames["seen"], [one[: len(start)] for one, start in zip(found, said, strict=True)]) == (5, said)


@pytest.mark.clause("V1")
def test_a_teacher_who_is_seen_is_found_and_one_who_is_not_is_asked_about(tmp_path: Path) -> None:
    there = look(film(tmp_path / "a.mp4", 10))["faces"]
    gone = look(film(tmp_path / "b.mp4", 10, then="crop=560:540:0:0"))
    assert (there["looked"], there["seen"], there["light"] > 100) == (5, 5, True)
    assert told(gone) == ["在抽看的 5 张画面里，没有看到教师的正脸"]


@pytest.mark.slow
def test_a_picture_that_hangs_without_sound_is_told_with_its_place(tmp_path: Path) -> None:
    frames = look(film(tmp_path / "a.mp4", 100, then="trim=0:0.2,loop=-1:1:0,setpts=N/25/TB,fps=25"))
    (still,) = frames["still"]
    assert (still[0], 95 <= still[1] <= 100) == (0.0, True)
    assert told(frames) == []
    assert told(frames, sound__silences=[[20.0, 90.0]]) == ["视频里画面停住、声音也没有：0:20–1:30，最长 1 分 10 秒"]


def test_the_contact_sheet_is_a_small_jpeg_with_a_picture_each_two_seconds(tmp_path: Path) -> None:
    contact = base64.b64decode(look(film(tmp_path / "a.mp4", 10))["pictures"]["contact"])
    with Image.open(io.BytesIO(contact)) as sheet:
        assert (sheet.format, sheet.size, len(contact) <= 250_000) == ("JPEG", (4 * 248 + 8, 2 * 169 + 8), True)


def test_a_film_of_key_frames_alone_costs_no_more(tmp_path: Path) -> None:
    alone = look(film(tmp_path / "a.mp4", 10, options=("-g", "1")))
    assert (alone["seen"] <= 7, alone["whole"]) == (True, False)


@pytest.mark.slow
def test_a_film_without_key_frames_is_looked_at_whole(tmp_path: Path) -> None:
    without = look(film(tmp_path / "b.mp4", 90, then="scale=320:180", options=("-g", "9999", "-sc_threshold", "0")))
    assert (without["seen"], without["widest_s"], without["whole"]) == (18, 5.0, True)


def test_a_film_of_one_pixel_and_an_upright_one_are_looked_at(tmp_path: Path) -> None:
    for shape in ("scale=2:2", "scale=96:54,transpose=1"):
        assert look(film(tmp_path / "a.mp4", 4, then=shape))["seen"] == 2


def test_pictures_leave_no_face_and_no_name_behind(tmp_path: Path) -> None:
    """V1 asks whether a teacher is seen, not who it is."""
    faces = look(film(tmp_path / "a.mp4", 4))["faces"]
    assert set(faces) == {"looked", "seen", "at", "light", "sides"}


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return film(tmp_path_factory.mktemp("short") / "a.mp4", 2, then="scale=160:90").read_bytes()


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), share=st.floats(0.00001, 0.05))
def test_no_bytes_make_the_look_hang_or_break(short: bytes, tmp_path: Path, seed: int, share: float) -> None:
    chance = random.Random(seed)
    harmed = bytearray(short)
    for _ in range(max(1, int(len(harmed) * share))):
        harmed[chance.randrange(len(harmed))] = chance.randrange(256)
    (tmp_path / "a.mp4").write_bytes(bytes(harmed))
    frames = look(tmp_path / "a.mp4")
    assert frames.get("seen", 0) <= MOST
    assert bool(frames.get("seen")) != ("undetermined" in frames)
    for data in frames.get("pictures", {}).values():
        assert base64.b64decode(data).startswith(b"\xff\xd8\xff")
