"""A school with a code that costs little to look at, and its hand on the uploads."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pytest

from appliance.catalog import Catalog, school_codes, uploads
from appliance.errors import UploadRefused
from appliance.intake.rounds import Intake
from appliance.intake.uploads import append, begin, hand_over
from appliance.station import Station
from tests.intake.conftest import Hands

PATH = "三年级数学《分数的初步认识》教师甲/教学设计.txt"


@dataclass
class School:
    station: Station
    catalog: Catalog
    row: dict[str, Any]

    def begin(self, path: str, size: int, stamp: str = "") -> str:
        return str(begin.begin(self.station, self.catalog, self.row, path, size, stamp)["id"])

    def append(self, upload: str, at: int, piece: bytes, checksum: append.Checksum | None = None) -> int:
        body = io.BytesIO(piece)
        return append.append(self.station, self.catalog, self.row["id"], upload, at, body, len(piece), checksum)

    def offset(self, upload: str) -> tuple[int, int]:
        return append.offset(self.station, self.catalog, self.row["id"], upload)

    def send(self, path: str, content: bytes) -> str:
        upload = self.begin(path, len(content))
        self.append(upload, 0, content)
        return upload

    def hand_over(self) -> int:
        return hand_over.hand_over(self.station, self.catalog, self.row)

    def files(self) -> list[tuple[str, int, int]]:
        """(path, acknowledged, size) of the open hand-in."""
        hand_in = uploads.open_hand_in(self.catalog.db, self.row["id"])
        rows = uploads.of_hand_in(self.catalog.db, hand_in["id"]) if hand_in else []
        return [(row["name"], row["bytes"], row["size"]) for row in rows]


def enrolled(station: Station, catalog: Catalog, name: str) -> School:
    with catalog.writing() as db:
        school_codes.reserve(db, name, "经办甲")
    return School(station, catalog, school_codes.of_school(catalog.db, name))


@pytest.fixture
def school(station: Station, catalog: Catalog) -> School:
    return enrolled(station, catalog, "示例一小")


@pytest.fixture
def other(station: Station, catalog: Catalog) -> School:
    return enrolled(station, catalog, "示例二小")


@pytest.fixture
def taken(station: Station, catalog: Catalog):
    """Two rounds of the intake with the quiet time between; the numbers of new deliveries."""

    def rounds() -> list[int]:
        hands = Hands()
        intake = Intake(station, catalog, now=hands)
        first, _ = intake.round()
        hands.at += station.settings.quiet_seconds
        return first + intake.round()[0] + intake.round()[0]

    return rounds


def refused(deed, *words) -> str:
    with pytest.raises(UploadRefused) as said:
        deed(*words)
    return said.value.code


def school_row(school, upload):
    return uploads.of_school(school.catalog.db, upload, school.row["id"])
