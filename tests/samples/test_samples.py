"""The samples are what they say: measured with Debian's tools, not with ours."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from appliance.intake.identify import identify, manifest_of
from appliance.rules.load import load
from tests.samples import KINDS, lay, make
from tests.samples.cache import built

VIDEO = "%Format%|%Format_Profile%|%Width%x%Height%|%FrameRate_Mode%|%FrameRate%|%Duration%"


def mediainfo(path: Path, section: str, wanted: str) -> str:
    words = ["mediainfo", f"--Inform={section};{wanted}", str(path)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def test_the_good_video_is_what_the_notice_asks_for() -> None:
    video = make("good") / "微课视频.mp4"
    assert mediainfo(video, "Video", VIDEO) == "AVC|High@L4|1920x1080|CFR|25.000|605000"
    sound = mediainfo(video, "Audio", "%Format%|%SamplingRate%|%Channel(s)%|%Duration%")
    assert sound == "AAC|48000|2|604992"
    assert abs(int(mediainfo(video, "Audio", "%BitRate%")) - 128_000) < 6_000


def test_joining_segments_leaves_no_uneven_step_of_time() -> None:
    words = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=dts", "-of", "json"]
    told = subprocess.run([*words, str(make("good") / "微课视频.mp4")], check=True, capture_output=True).stdout
    times = [packet["dts"] for packet in json.loads(told)["packets"]]
    assert Counter(b - a for a, b in pairwise(times)) == {512: 605 * 25 - 1}


def test_the_title_card_stands_still_for_five_seconds_and_then_the_picture_moves() -> None:
    assert stills(make("good") / "微课视频.mp4") == ["freeze_start: 0", "freeze_end: 5"]
    assert stills(make("bad") / "微课视频.mp4") == []


def stills(video: Path) -> list[str]:
    words = ["ffmpeg", "-nostdin", "-hide_banner", "-t", "12", "-i", str(video), "-an", "-vf",
             "scale=320:-1,freezedetect=n=-60dB:d=1", "-f", "null", "-"]  # fmt: skip
    told = subprocess.run(words, check=True, capture_output=True, text=True).stderr
    return [line.rpartition("lavfi.freezedetect.")[2].strip() for line in told.splitlines()
            if "freeze_start" in line or "freeze_end" in line]  # fmt: skip


def test_the_half_copied_video_still_says_its_full_length() -> None:
    video = make("half_copied") / "微课视频.mp4"
    assert mediainfo(video, "Video", "%Duration%") == "605000"
    assert mediainfo(video, "General", "%IsTruncated%") == "Yes"


def test_the_archive_has_names_in_gbk_without_the_flag_for_utf8() -> None:
    (archive,) = make("zip_gbk").glob("*.zip")
    with zipfile.ZipFile(archive, metadata_encoding="gb18030") as packed:
        names = {info.filename.rpartition("/")[2]: info.flag_bits & 0x800 for info in packed.infolist()}
        assert packed.testzip() is None
    assert names == dict.fromkeys(("作业练习.docx", "学习任务单.docx", "微课视频.mp4", "教学设计.docx", "课件.pptx"), 0)


USUAL = ["exercises", "plan", "slides", "task_sheet", "video"]
ROLES = {
    "good": USUAL, "bad": USUAL, "half_copied": USUAL, "two_periods": sorted(USUAL * 2), "manifest": USUAL,
    "special": sorted(set(USUAL) - {"exercises"}), "design_only": sorted(set(USUAL) - {"video"}),
    "experiment": sorted(["experiment_video", "experiment_plan", "guide", "slides", "form", "evidence"]
                         + ["pupil_work"] * 3),
}  # fmt: skip


@pytest.mark.parametrize("kind", ROLES)
def test_a_sample_is_identified_as_what_it_is(kind: str) -> None:
    lesson = make(kind)
    form = lesson / "提交单.json"
    base = lesson if form.exists() else lesson.parent.parent
    files = sorted(path for path in lesson.rglob("*") if path.is_file() and path != form)
    names = [(path.relative_to(base).as_posix(), "", path.stat().st_size) for path in files]
    manifest = manifest_of(form.read_bytes()) if form.exists() else None
    (guess,) = identify(names, load("2024"), manifest=manifest)
    words, found = KINDS[kind].words, guess.identity
    assert sorted(material.role for material in guess.materials) == ROLES[kind]
    for name in ("title", "teacher", "school", "category", "stage", "subject", "grade", "special_kind"):
        assert (name, getattr(found, name)) == (name, getattr(words, name))


def test_laying_a_sample_gives_a_copy_that_a_test_may_harm(tmp_path: Path) -> None:
    there = lay("design_only", tmp_path)
    assert there == tmp_path / "示例第一小学" / "三年级数学《长方形的面积》教师丙"
    (there / "教学设计.docx").write_bytes(b"harmed")
    assert (make("design_only") / "教学设计.docx").stat().st_size > 1000


def test_a_maker_that_fails_leaves_nothing_and_may_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LESSONBOX_SAMPLES", str(tmp_path))

    def fails(place: Path) -> None:
        place.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        built("a/thing.txt", fails)
    assert built("a/thing.txt", lambda place: place.write_text("whole") and None).read_text() == "whole"
    assert [path.name for path in tmp_path.rglob(".making-*")] == []
