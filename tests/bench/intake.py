"""A lesson of about 1 GB from a folder that plays the stick, against copying it by hand."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station
from tests import samples
from tests.bench.table import Row, compare, seconds
from tests.conftest import make_station


def rows(place: Path) -> list[Row]:
    stick = place / "stick"
    samples.lay("junior", stick, "full")
    size = sum(path.stat().st_size for path in stick.rglob("*") if path.is_file())
    copied = place / "copied"

    def fresh() -> None:
        for folder in (copied, place / "county"):
            shutil.rmtree(folder, ignore_errors=True)
        make_station(place / "county")

    ours = seconds(lambda: take(place / "county", stick), fresh)
    plain = seconds(lambda: sh(f"cp -r '{stick}' '{copied}' && sync -f '{copied}'"), fresh)
    careful = seconds(
        lambda: sh(
            f"cp -r '{stick}' '{copied}' && find '{copied}' -type f -exec sha256sum {{}} + > '{place}/sums'"
            f" && find '{copied}' -name '*.mp4' -exec mediainfo {{}} + > '{place}/media'"
        ),
        fresh,
    )
    what = f"收件 {size / 1e9:.2f} GB：复制、哈希、落盘、读回、入库"
    return [
        compare(what, ours, "cp -r + sync", plain),
        compare(what, ours, "cp -r + sha256sum + mediainfo", careful),
    ]


def take(home: Path, stick: Path) -> None:
    station = Station.open(home)
    catalog = station.catalog()
    receive(station, catalog, Parcel("usb", stick.name, stick))
    catalog.close()


def sh(command: str) -> None:
    subprocess.run(["sh", "-c", command], check=True)
