"""`lessonbox report slip` from a real delivery."""

from __future__ import annotations

from pathlib import Path

from appliance.station import Station
from tests.conftest import answer, run_lessonbox
from tests.samples import lay


def test_the_slip_of_a_delivery_names_its_receipt_and_what_is_missing(station: Station, tmp_path: Path) -> None:
    lay("design_only", tmp_path / "stick")
    home = ("--home", station.home)
    (delivery,) = answer("intake", tmp_path / "stick", *home)["deliveries"]
    paper = tmp_path / "通知单.html"
    done = run_lessonbox("report", "slip", delivery["no"], "--out", paper, *home)
    page = paper.read_text("utf-8")
    assert (done.returncode, delivery["receipt"] in page, "缺少微课视频" in page) == (0, True, True)


def test_a_slip_of_no_delivery_is_not_found_and_writes_nothing(station: Station, tmp_path: Path) -> None:
    paper = tmp_path / "a.html"
    done = run_lessonbox("report", "slip", 99, "--out", paper, "--home", station.home)
    assert (done.returncode, paper.exists()) == (11, False)
