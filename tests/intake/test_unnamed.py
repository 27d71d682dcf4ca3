"""A box that nobody has set up takes nothing: its receipts would carry the code of every other such box."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.box.first import steps
from appliance.errors import NotAllowed
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.intake.rounds import Intake
from appliance.station import Station, create
from tests import invariants
from tests.intake.conftest import Hands, lay, shown

NAME = {"level": "county", "name": "示例县教育局", "code": "360731"}
TOLD = "盒子还没有设置，先不收资料。里面的东西原样没动。请技术员先做“首次设置”，写上站点名和代码；设置好以后会自己收。"


@pytest.fixture
def unnamed(tmp_path: Path) -> Station:
    return create(tmp_path / "new", *steps.UNNAMED)


def test_a_stick_in_a_box_without_a_name_waits_says_why_and_is_taken_once_the_box_has_one(
    unnamed: Station, hands: Hands
) -> None:
    stick = lay(unnamed.folder("drops/usb") / "张老师", {"课/教案.docx": b"plan"})
    before, catalog = invariants.tree(stick), unnamed.catalog()
    intake = Intake(unnamed, catalog, now=hands)
    intake.round()
    hands.at += unnamed.settings.quiet_seconds
    assert intake.round() == ([], False)
    assert shown(catalog) == [("张老师", "trouble", TOLD, 1)]
    assert [catalog.db.table(name).count for name in ("delivery", "entry", "event")] == [0, 0, 0]
    steps.name(unnamed, NAME)
    box = Station.open(unnamed.home)
    intake = Intake(box, catalog, now=hands)  # the watcher ends when its settings were changed, and starts anew
    intake.round()
    hands.at += box.settings.quiet_seconds
    assert intake.round() == ([1], False)
    assert shown(catalog) == [("张老师", "done", "已收，第 360731-00001 号", 1)]
    invariants.check(box, stick, before)


def test_a_folder_is_not_taken_by_hand_either(unnamed: Station, tmp_path: Path) -> None:
    stick = lay(tmp_path / "stick", {"课/教案.docx": b"plan"})
    with pytest.raises(NotAllowed, match="还没有设置"):
        receive(unnamed, unnamed.catalog(), Parcel("usb", "U 盘", stick))
