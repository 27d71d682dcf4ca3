"""What strangers hand in, through `check` and `intake` as a script calls them."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from appliance.station import Station
from tests.conftest import answer, run_lessonbox
from tests.intake.conftest import lay, zipped

LESSON = "三年级数学《分数的初步认识》教师甲/"


class Gbk(zipfile.ZipInfo):
    """A member as old Windows packers name it: GBK bytes, no flag that says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def gbk_zip(path: Path, files: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(Gbk(name), content)
    return path


def roles(lesson: dict) -> list[tuple[str, str]]:
    return sorted((material["role"], material["name"].rpartition("/")[2]) for material in lesson["materials"])


@pytest.mark.parametrize("as_folder", [True, False])
def test_check_looks_into_an_archive_as_intake_does(station: Station, tmp_path: Path, as_folder: bool) -> None:
    archive = gbk_zip(
        tmp_path / "stick/一课.zip",
        {LESSON + "教学设计.txt": b"plan", LESSON + "学习任务单.txt": b"sheet", LESSON + "Thumbs.db": b"t"},
    )
    path = archive.parent if as_folder else archive
    (loose,) = answer("check", path)["lessons"]
    (lesson,) = answer("intake", path, "--home", station.home)["deliveries"][0]["lessons"]
    assert roles(loose) == roles(lesson) == [("plan", "教学设计.txt"), ("task_sheet", "学习任务单.txt")]
    assert loose["title"] == lesson["title"] == "分数的初步认识"


def test_check_leaves_nothing_of_an_archive_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setenv("TMPDIR", str(room))
    lay(tmp_path / "stick", {"里.zip": zipped({"深.zip": zipped({LESSON + "教学设计.txt": b"plan"})})})
    (lesson,) = answer("check", tmp_path / "stick")["lessons"]
    assert (roles(lesson), list(room.iterdir())) == ([("plan", "教学设计.txt")], [])


def test_an_archive_that_climbs_out_is_one_file_for_check_and_an_error_for_intake(
    station: Station, tmp_path: Path
) -> None:
    stick = gbk_zip(tmp_path / "stick/坏.zip", {"../../外面.txt": b"1", "好.txt": b"2"}).parent
    (lesson,) = answer("check", stick)["lessons"]
    assert [material["name"] for material in lesson["materials"]] == ["stick/坏.zip"]
    done = run_lessonbox("intake", stick, "--home", station.home)
    assert (done.returncode, list(tmp_path.rglob("外面.txt"))) == (1, [])


def test_the_json_of_check_is_utf_8_whatever_bytes_a_name_has(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/" + LESSON.encode()
    os.mkdir(folder)
    Path(os.fsdecode(folder + b"\xff\xfe\n\x1b[31m.docx")).write_bytes(b"x")
    (tmp_path / LESSON / "教学设计.txt").write_bytes(b"plan")
    (lesson,) = answer("check", tmp_path / LESSON)["lessons"]
    assert lesson["title"] == "分数的初步认识"
    assert len(lesson["materials"]) == 2


def test_a_pipe_that_is_named_like_a_video_holds_nothing_up(station: Station, tmp_path: Path) -> None:
    folder = lay(tmp_path / "stick", {LESSON + "教学设计.txt": b"plan"})
    os.mkfifo(folder / LESSON / "课堂实录.mp4")
    assert len(answer("check", folder)["lessons"]) == 1
    entries = answer("intake", folder, "--home", station.home)["deliveries"][0]["entries"]
    assert {entry["name"]: entry["reason"] for entry in entries}[LESSON + "课堂实录.mp4"] == "不是普通文件"


def test_what_is_not_there_and_what_was_not_said_have_their_own_exit_codes(station: Station, tmp_path: Path) -> None:
    nobody = ("--by", "经办甲", "--reason", "看过", "--home", station.home)
    assert run_lessonbox("waive", 7, "title-card", *nobody).returncode == 11
    for step in ("grant", "accept"):
        assert run_lessonbox("enrol", step, "--home", station.home).returncode == 2
        assert run_lessonbox("enrol", step, tmp_path / "nowhere.json", "--home", station.home).returncode == 11
