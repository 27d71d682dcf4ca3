"""A sealed bundle by the commands that a person would type: intake, two approvals, bundle."""

from __future__ import annotations

from pathlib import Path

from appliance.station import Station
from tests import samples
from tests.conftest import answer, make_station, run_lessonbox


def sealed_bundle(place: Path, size: str = "small") -> tuple[Path, Station]:
    """(the bundle's folder, the county that signed it)."""
    station = make_station(place / "county")
    samples.lay("good", place / "stick", size)
    lesson = answer("intake", place / "stick", "--home", station.home)["deliveries"][0]["lessons"][0]["no"]
    for person in ("审批甲", "审批乙"):
        assert run_lessonbox("decide", lesson, "approve", "--by", person, "--home", station.home).returncode == 0
    sealed = answer("bundle", lesson, "--home", station.home)["bundles"][0]
    return Path(sealed["path"]), station
