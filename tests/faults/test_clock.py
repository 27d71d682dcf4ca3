"""F8: a dead battery, ten years ahead, back again. Order is by sequence; the slip says what the time is worth."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.catalog import Catalog
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import lay

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
LESSON = "示例一小/三年级数学《{}》教师甲/教学设计.txt"
CLOCKS = ("", "@1970-01-02 00:00:00", "@2036-11-24 00:00:00", "@2026-11-20 00:00:00")
pytestmark = pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not installed: make packages-dev")


def hand_in(station: Station, stick: Path, clock: str) -> None:
    env = os.environ | ({"LD_PRELOAD": str(LIBRARY), "FAKETIME": clock} if clock else {})
    words = [sys.executable, "-m", "tests.faults.hand_in", station.home, stick]
    subprocess.run(words, env=env, check=True, timeout=300)


@pytest.mark.fault("F8")
def test_whatever_the_clock_says_deliveries_are_numbered_in_order_and_the_slip_says_what_the_time_is_worth(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    for number, clock in enumerate(CLOCKS, 1):
        stick = lay(tmp_path / f"stick{number}", {LESSON.format(f"第{number}课"): b"plan %d" % number})
        hand_in(station, stick, clock)
    rows = list(catalog.db.query("select no, receipt, received_at, clock, state from delivery order by no"))
    assert [row["receipt"][-5:] for row in rows] == ["00001", "00002", "00003", "00004"]
    assert [row["received_at"][:4] for row in rows] == ["2026", "1970", "2036", "2026"]
    assert (rows[1]["clock"], {row["state"] for row in rows}) == ("unknown", {"checked"})
    done = subprocess.run(
        [sys.executable, "-m", "appliance.cli", "report", "slip", "2", "--out", tmp_path / "slip.html", "--home", station.home],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "时间未核对" in (tmp_path / "slip.html").read_text()
    invariants.check(station)


@pytest.mark.fault("F8")
def test_a_clock_that_is_set_right_while_the_box_runs_changes_no_order_and_no_verdict(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    """The first file is handed in in 1970; then somebody sets the clock, and the next steps are those of today."""
    told = tmp_path / "clock"
    told.write_text("@1970-01-02 00:00:00\n")
    names = ("第一课", "第二课")
    for name in names:
        lay(tmp_path / name, {LESSON.format(name): name.encode()})
    env = os.environ | {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(told), "FAKETIME_NO_CACHE": "1"}
    words = [sys.executable, "-m", "tests.faults.hand_in", station.home, *(tmp_path / name for name in names)]
    with subprocess.Popen(words, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as box:
        assert box.stdout and box.stdin
        assert box.stdout.readline() == "taken\n"
        told.write_text("@2026-11-24 08:00:00\n")
        box.stdin.close()
        assert box.wait(300) == 0
    rows = list(catalog.db.query("select no, received_at, clock, state from delivery order by no"))
    assert [(row["no"], row["received_at"][:4], row["clock"] == "unknown") for row in rows] == [
        (1, "1970", True), (2, "2026", False),
    ]  # fmt: skip
    assert {row["state"] for row in rows} == {"checked"}
    invariants.check(station)
