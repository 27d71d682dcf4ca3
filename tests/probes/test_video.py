"""Real films, through the real child."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from appliance.probes import probe


@pytest.mark.clause("V3", "V5")
def test_a_film_is_measured_and_its_card_rests_five_seconds(make_video) -> None:
    media = probe(make_video())
    picture = media["video"]
    assert (media["kind"], media["type"], round(media["duration_s"]), media["whole"]) == (
        "video", "mp4", 12, {"ok": True, "says": ""},
    )  # fmt: skip
    assert (picture["codec"], picture["width"], picture["height"], picture["sar"]) == ("AVC", 320, 180, 1.0)
    assert picture["intervals"] == {"count": 300, "mean_fps": 25.0, "histogram": [[40.0, 300]]}
    assert (media["audio"]["codec"], media["opening"]["still_s"]) == ("AAC", 5.0)


def test_a_film_that_moves_from_its_first_second_has_no_rest(make_video) -> None:
    assert probe(make_video("moving.mp4", still=0))["opening"]["still_s"] == 0.0


def test_other_containers_are_counted_packet_by_packet(make_video) -> None:
    fragmented = make_video("frag.mp4", options=("-movflags", "frag_keyframe+empty_moov"))
    for path, kind in ((make_video("a.mkv"), "mkv"), (fragmented, "mp4")):
        media = probe(path)
        share = dict(map(tuple, media["packets"]["histogram"]))[40.0] / media["packets"]["count"]
        assert (media["type"], share > 0.995) == (kind, True)


@pytest.mark.clause("V5", "E7")
def test_a_film_cut_in_half_says_so_and_is_no_pass(make_video, tmp_path: Path) -> None:
    data = make_video("fast.mp4", options=("-movflags", "+faststart")).read_bytes()
    (tmp_path / "half.mp4").write_bytes(data[: len(data) // 2])
    whole = probe(tmp_path / "half.mp4")["whole"]
    assert (whole["ok"], whole["says"][:5]) == (False, "视频不完整")


def test_garbage_named_mp4_is_undetermined(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(os.urandom(100_000))
    media = probe(tmp_path / "a.mp4")
    assert (media["kind"], media["undetermined"]) == ("unknown", "认不出是什么格式的文件")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp4")
    assert probe(tmp_path / "a.mp4")["undetermined"] == "文件读不了：不是普通文件：a.mp4"


def test_a_name_like_an_option_is_only_a_name(make_video, tmp_path: Path) -> None:
    path = tmp_path / "-y file:$(x);.mp4"
    subprocess.run(["cp", "--", str(make_video()), str(path)], check=True)
    assert probe(path)["opening"]["still_s"] == 5.0


@pytest.mark.clause("V5", "E7")
def test_codec_pixel_shape_and_rotation_are_read(make_video, tmp_path: Path) -> None:
    wide = make_video("wide.mp4", options=("-aspect", "64:27"))
    hevc = make_video("hevc.mp4", options=("-c:v", "libx265", "-x265-params", "log-level=none"))
    turned = tmp_path / "turned.mp4"
    turn = ["ffmpeg", "-v", "error", "-display_rotation", "90", "-i", str(make_video()), "-c", "copy", str(turned)]
    if subprocess.run(turn, check=False, capture_output=True).returncode:  # ffmpeg before 6 says it in metadata
        turn[3:] = ["-i", str(make_video()), "-c", "copy", "-metadata:s:v", "rotate=90", str(turned)]
        subprocess.run(turn, check=True)
    pictures = [probe(path)["video"] for path in (wide, hevc, turned)]
    assert (round(pictures[0]["sar"], 2), pictures[1]["codec"], pictures[2]["rotation"] in (90.0, 270.0)) == (
        1.33, "HEVC", True,
    )  # fmt: skip
