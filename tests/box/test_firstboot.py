"""The first setup as the box runs it: killed at each step and started again, it ends as if nothing had happened."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from appliance import journal, passwords
from appliance.box.first import place, steps
from appliance.catalog import users
from appliance.failpoint import FAILPOINTS
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.invariants import chain_holds, nothing_outside

FILE = """\
# 说明
name = "示例县教育局"
code = "360731"
[network]
address = "192.168.1.20/24"
[printer]
device = "/dev/usb/lp0"
[technician]
name = "技术员甲"
password = "一二三四五六七八"
"""
KILLED = -9


class Box:
    def __init__(self, top: Path) -> None:
        self.home, self.settings, self.network = top / "home", top / "settings", top / "network"
        self.settings.mkdir()
        self.network.mkdir()

    def starts(self, failpoint: str = "") -> Any:
        words = ("--home", self.home, "--settings", self.settings, "--network", self.network, "--json")
        return run_lessonbox("firstboot", *words, failpoint=failpoint)

    def write(self, text: str) -> None:
        (self.settings / "lessonbox.toml").write_text(text, encoding="utf-8", newline="\r\n")

    def end(self) -> dict[str, Any]:
        station = Station.open(self.home)
        catalog = station.catalog()
        chain_holds(catalog)
        nothing_outside(station)
        events = [row["kind"] for row in catalog.db.query("select kind from event order by seq")]
        row = users.find(catalog.db, "技术员甲")
        return {
            "settings": (self.home / "station.toml").read_text(),
            "signs in": bool(row) and passwords.matches(row["password"], "一二三四五六七八"),
            "users": len(users.everyone(catalog.db)),
            "events": events,
            "beside": sorted(path.name for path in self.settings.iterdir()),
            "secret left": any("一二三四" in path.read_text() for path in self.settings.iterdir()),
            "network": sorted(path.name for path in self.network.iterdir()),
            "run": sorted(path.name for path in (self.home / "run").iterdir()),
        }


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


DONE = {
    "signs in": True, "users": 1, "events": ["user.create"], "beside": ["lessonbox-done.toml"], "secret left": False,
    "network": ["10-lessonbox.network"], "run": [],
}  # fmt: skip


def test_a_box_is_set_up_by_its_file_and_the_password_is_gone_from_it(box: Box) -> None:
    box.write(FILE)
    assert json.loads(box.starts().stdout)["state"] == "done"
    end = box.end()
    assert {name: end[name] for name in DONE} == DONE
    assert 'printer = "/dev/usb/lp0"' in end["settings"]
    assert json.loads(box.starts().stdout)["state"] == "none"
    assert box.end() == end


@pytest.mark.parametrize("point", [point for point in FAILPOINTS if point.startswith("first.")] + ["journal.appended"])
def test_killed_at_any_step_and_started_again_it_ends_as_if_nothing_had_happened(point: str, tmp_path: Path) -> None:
    ends = []
    for name, fail in (("calm", ""), ("hurt", point)):
        (tmp_path / name).mkdir()
        box = Box(tmp_path / name)
        box.write(FILE)
        if fail:
            assert box.starts(fail).returncode == KILLED
        assert box.starts().returncode == 0
        ends.append(box.end())
    assert ends[0] == ends[1]


def test_a_box_without_a_file_becomes_a_station_without_a_name_and_without_any_user(box: Box) -> None:
    assert json.loads(box.starts().stdout)["state"] == "none"
    station = Station.open(box.home)
    assert station.settings.unnamed and not users.any_exists(station.catalog().db)


def test_a_file_with_errors_changes_nothing_and_is_told_of_until_it_is_right(box: Box) -> None:
    box.write(FILE.replace('"360731"', '"？"'))
    done = box.starts()
    assert done.returncode == 31 and "第 3 行" in done.stderr and "一二三四" not in done.stderr
    assert [problem.line for problem in steps.told(box.home)] == [3]
    assert Station.open(box.home).settings.unnamed
    box.write(FILE)
    assert box.starts().returncode == 0
    assert steps.told(box.home) == []
    assert not Station.open(box.home).settings.unnamed


def test_a_file_that_comes_after_the_setup_changes_nothing_but_loses_its_password(box: Box) -> None:
    box.write(FILE)
    box.starts()
    before = (box.home / "station.toml").read_text()
    box.write(FILE.replace("示例县教育局", "另一个县").replace("技术员甲", "技术员乙"))
    assert json.loads(box.starts().stdout)["state"] == "late"
    end = box.end()
    assert (end["settings"], end["users"], end["secret left"]) == (before, 1, False)


def test_what_another_start_has_set_is_kept_when_there_is_no_file(box: Box) -> None:
    box.write(FILE)
    box.starts()
    text = (box.home / "station.toml").read_text() + "quiet_seconds = 9.0\n"
    (box.home / "station.toml").write_text(text)
    box.starts()
    assert (box.home / "station.toml").read_text() == text


def test_the_name_of_the_file_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "LESSONBOX.TOML").write_text("x")
    assert place.find((tmp_path / "none", tmp_path)) == tmp_path / "LESSONBOX.TOML"


def test_the_bytes_of_the_password_are_overwritten_where_they_lay(tmp_path: Path) -> None:
    path = tmp_path / "lessonbox.toml"
    path.write_bytes(FILE.encode())
    os.link(path, tmp_path / "same-bytes")
    place.retire(path)
    assert set((tmp_path / "same-bytes").read_bytes()) == {0}


def test_the_first_technician_stands_in_the_journal(box: Box) -> None:
    box.write(FILE)
    box.starts()
    catalog = Station.open(box.home).catalog()
    assert journal.verify(catalog.db) == (1, None)
    assert catalog.db.execute("select actor, subject from event").fetchall() == [("lessonbox.toml", "user/技术员甲")]
