"""What plays sticks and shares: small real files, laid out as schools lay them out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from appliance.catalog import Catalog
from appliance.intake.rounds import Intake
from appliance.station import Station

Files = Mapping[str, bytes]


def lay(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture
def plug(station: Station) -> Callable[[str, Files], Path]:
    """`plug("张老师", {...})`: a folder that plays the stick."""
    return lambda name, files: lay(station.folder("drops/usb") / name, files)


class Hands:
    """A clock that moves when told, so that quiet time passes without waiting."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def intake(station: Station, catalog: Catalog, hands: Hands) -> Intake:
    return Intake(station, catalog, now=hands)


@pytest.fixture
def settled(intake: Intake, hands: Hands) -> Callable[[], list[int]]:
    """Looks, lets the quiet time pass, looks again; numbers of what was taken."""

    def rounds() -> list[int]:
        first, _ = intake.round()
        hands.at += intake.station.settings.quiet_seconds
        return first + intake.round()[0]

    return rounds


def half_video() -> bytes:
    """An MP4 whose `mdat` says 96 MB and of which 48 kB came."""
    return b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + (96_000_000).to_bytes(4, "big") + b"mdat" + b"\x55" * 48_000


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def fates(catalog: Catalog, no: int) -> dict[str, tuple[str, str]]:
    rows = catalog.db.query("select name, fate, reason from entry where delivery = ? order by id", [no])
    return {row["name"]: (row["fate"], row["reason"]) for row in rows}


def shown(catalog: Catalog) -> list[tuple[str, str, str, int]]:
    """What the clerk sees of the drops: name, state, message, present."""
    rows = catalog.db.query("select name, state, message, present from drop_ order by id")
    return [(row["name"], row["state"], row["message"], row["present"]) for row in rows]
