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
