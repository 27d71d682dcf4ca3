"""Real sound tracks, through the real child."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appliance.probes import probe
from appliance.rules import engine
from appliance.rules.load import load
from tests.rules.samples import complete, with_media

MakeSound = Callable[[str], Path]


@pytest.fixture
def make_sound(tmp_path: Path) -> MakeSound:
    """20 s of a still picture with this sound (an ffmpeg graph); a voice is a tone that pauses each second."""

    def make(graph: str) -> Path:
        path = tmp_path / "a.mp4"
        command = [
            "ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "color=navy:s=320x180:r=25:d=20",
            "-filter_complex", graph, "-map", "0:v", "-map", "[a]", "-c:v", "libx264", "-preset", "ultrafast",
            "-c:a", "aac", "-t", "20", str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True)
        return path

    return make


def voice(gain: float, noise: float) -> str:
    """A tone of 440 Hz for 0.7 s of each second, `gain` 0–1 and beyond, over pink noise of `noise` 0–1."""
    tone = f"aevalsrc='{gain}*sin(440*2*PI*t)*lt(mod(t,1),0.7)':s=48000:d=20"
    return f"{tone}[v];anoisesrc=color=pink:amplitude={noise}:r=48000:d=20[n];[v][n]amix=2:normalize=0[a]"


def heard(media: dict[str, Any]) -> list[str]:
    """What the edition says of a film that sounds so."""
    whole = with_media(
        complete(), "video", {**media, "duration_s": 720.0, "sound": media["sound"] | {"heard_s": 720.0}}
    )
    found = [one for one in engine.check(whole, load("2024")) if one.rule == "video-sound"]
    assert {one.outcome for one in found} <= {"fail"}  # advice, which returns nobody
    assert engine.verdict(found) == "pass"
    return [one.says.partition("，")[0].partition("（")[0] for one in found]


@pytest.mark.clause("V4", "E8")
@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (voice(0.2, 0.001), []),
        (voice(0.01, 0.0005), ["声音偏小"]),
        (voice(4, 0.001), ["声音偏大", "声音有破音"]),
        (voice(0.2, 0.3), ["背景声偏大"]),
        ("anullsrc=r=48000,atrim=0:20[a]", ["视频有 100% 的时间几乎没有声音"]),
    ],
    ids=["clear", "quiet", "clipped", "noisy", "silent"],
)
def test_a_sound_is_told_for_what_it_is(make_sound: MakeSound, graph: str, said: list[str]) -> None:
    assert heard(probe(make_sound(graph))) == said


def test_the_loudness_is_that_of_the_standard_s_test_tone(make_sound: MakeSound) -> None:
    """EBU Tech 3341, case 1: 1 kHz in both channels at -23 dBFS is -23 LUFS."""
    gain = 10 ** (-23 / 20)
    tone = f"{gain}*sin(1000*2*PI*t)"
    sound = probe(make_sound(f"aevalsrc='{tone}|{tone}':s=48000:d=20[a]"))["sound"]
    assert (abs(sound["loudness"] + 23) <= 0.1, sound["silent_share"], round(sound["heard_s"])) == (True, 0.0, 20)


def test_the_curve_is_short_and_shows_where_it_is_still(make_sound: MakeSound) -> None:
    tone = "aevalsrc='0.2*sin(440*2*PI*t)*(lt(t,8)+gt(t,12))':s=48000:d=20[a]"
    curve = probe(make_sound(tone))["sound"]["curve"]
    assert len(curve) <= 300
    still = [place / len(curve) * 20 for place, loud in enumerate(curve) if loud < -50]
    assert (round(min(still)), round(max(still))) == (8, 12)


def test_a_film_without_sound_is_not_listened_to(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=navy:s=320x180:r=25:d=2", str(path)]
    subprocess.run(command, check=True)
    media = probe(path)
    assert (media["audio"], "sound" in media) == (None, False)
