"""The JSON that scripts rely on, key by key, and the exit codes (docs: 技术手册, 命令)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from appliance.station import Station
from tests import samples
from tests.conftest import answer, make_station, run_lessonbox
from tests.e2e.sealed import sealed_bundle

LESSON = {"title", "category", "stage", "phase", "verdict", "materials", "findings"}
MATERIAL = {"role", "period", "name", "sha256", "size", "media"}
FINDING = {"rule", "clause", "severity", "outcome", "material", "measured", "expected", "says", "fix"}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Station]:
    return sealed_bundle(tmp_path_factory.mktemp("sealed"))


def test_check_answers_with_lessons_materials_and_findings(tmp_path: Path) -> None:
    found = answer("check", samples.make("bad"))
    assert set(found) == {"ok", "edition", "lessons"} and found["ok"] is False
    assert set(found["edition"]) == {"id", "hash"}
    lesson = found["lessons"][0]
    assert set(lesson) >= LESSON and lesson["verdict"] == "return"
    assert all(set(material) >= MATERIAL for material in lesson["materials"])
    assert all(set(finding) >= FINDING for finding in lesson["findings"])


def test_check_exits_1_for_a_lesson_with_errors_and_0_for_a_good_one() -> None:
    assert run_lessonbox("check", samples.make("bad"), "--json").returncode == 1
    assert run_lessonbox("check", samples.make("good"), "--json").returncode == 0


@pytest.mark.clause("P3a", "P3c")
def test_a_design_needs_no_video_and_a_production_does() -> None:
    assert answer("check", samples.make("design_only"), "--phase", "design")["ok"] is True
    assert answer("check", samples.make("design_only"), "--phase", "production")["ok"] is False


def test_the_same_stick_again_gets_the_same_receipt(tmp_path: Path) -> None:
    station = make_station(tmp_path / "county")
    stick = samples.lay("design_only", tmp_path / "stick").parents[1]
    first, second = (answer("intake", stick, "--home", station.home)["deliveries"][0] for _ in range(2))
    assert set(first) >= {"no", "drop", "receipt", "lessons", "entries"}
    assert (second["receipt"], second["no"]) == (first["receipt"], first["no"] + 1)
    assert {entry["fate"] for entry in first["entries"]} == {"stored"}
    assert {entry["fate"] for entry in second["entries"]} == {"duplicate"}
    for entry in first["entries"]:
        data = (stick / entry["name"]).read_bytes()
        assert (entry["sha256"], entry["size"]) == (hashlib.sha256(data).hexdigest(), len(data))


def test_verify_answers_for_a_good_and_a_changed_bundle(sealed: tuple[Path, Station]) -> None:
    bundle, station = sealed
    good = answer("verify", bundle, "--home", station.home)
    assert set(good) == {"ok", "code", "station", "seq", "lesson", "version", "problems"}
    assert (good["ok"], good["problems"], good["version"]) == (True, [], 1)
    listed = bundle / "submission.json"
    listed.chmod(0o640)
    listed.write_bytes(listed.read_bytes() + b" ")
    assert run_lessonbox("verify", bundle, "--home", station.home).returncode == 13


def test_the_keeping_commands_answer(sealed: tuple[Path, Station], tmp_path: Path) -> None:
    home = sealed[1].home
    assert answer("fixity", "--home", home)["damaged"] == []
    assert answer("journal", "verify", "--home", home)["ok"] is True
    assert answer("backup", "--out", tmp_path / "copy.db", "--home", home)["bytes"] > 0
    assert run_lessonbox("health", "--home", home).returncode == 30  # nothing runs there
    assert {"ok", "checks"} == set(json.loads(run_lessonbox("doctor", "--home", home, "--json").stdout))
    assert run_lessonbox("report", "slip", "1", "--out", tmp_path / "slip.html", "--home", home).returncode == 0
    assert "分数的初步认识" in (tmp_path / "slip.html").read_text()


def test_stored_bytes_that_flip_are_found(tmp_path: Path) -> None:
    station = make_station(tmp_path / "county")
    answer("intake", samples.lay("design_only", tmp_path / "stick").parents[1], "--home", station.home)
    victim = next(station.store().blobs())
    path = station.store().path(victim)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    done = run_lessonbox("fixity", "--home", station.home, "--json")
    assert (done.returncode, victim in done.stdout) == (33, True)


def test_a_person_names_a_material_and_the_lesson_is_checked_again(tmp_path: Path) -> None:
    station = make_station(tmp_path / "county")
    lesson = samples.lay("good", tmp_path / "stick")
    (lesson / "教学设计.docx").rename(lesson / "第三稿.docx")
    found = answer("intake", tmp_path / "stick", "--home", station.home)["deliveries"][0]["lessons"][0]
    assert found["verdict"] != "pass"
    done = answer("assign", found["no"], "--role", "plan", found_name(found, "第三稿.docx"), "--home", station.home)
    assert (done["verdict"], done["state"]) == ("pass", "complete")


def found_name(lesson: dict, ending: str) -> str:
    return next(material["name"] for material in lesson["materials"] if material["name"].endswith(ending))
