"""What a school may put on the share: counted by what lies in its folder, refused with words, other schools untouched."""

from __future__ import annotations

import pytest

from appliance import school_codes
from appliance.catalog import Catalog
from appliance.catalog import school_codes as codes
from appliance.intake.rounds import Intake
from appliance.share import config
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import Hands, lay, shown


@pytest.mark.fault("F9")
def test_a_school_over_its_quota_brings_no_more_until_there_is_room_and_others_do(
    station: Station, catalog: Catalog, intake: Intake, hands: Hands
) -> None:
    for school in ("示例一小", "示例二小"):
        school_codes.make(station, catalog, school, "管理甲")
    with catalog.writing() as db:
        codes.allow_bytes(db, "示例一小", 1000)
    share = lay(
        station.folder("drops/lan"),
        {"示例一小/课/录像.txt": b"x" * 1001, "示例二小/课/教案.txt": b"plan", "各校汇总/课/大.txt": b"y" * 5000},
    )
    for _ in range(2):
        intake.round()
        hands.at += 1
    assert [(name, state) for name, state, _, _ in shown(catalog)] == [
        ("各校汇总", "done"), ("示例一小", "trouble"), ("示例二小", "done"),
    ]  # fmt: skip
    (message,) = [message for name, _, message, _ in shown(catalog) if name == "示例一小"]
    assert message.startswith("示例一小 的共享文件夹里有 0.0 GB，超过 0.0 GB，新放的没有收。")
    (share / "示例一小/课/录像.txt").write_bytes(b"x" * 999)
    for _ in range(3):
        hands.at += 60
        intake.round()
    assert {state for _, state, _, _ in shown(catalog)} == {"done"}
    invariants.check(station)


def test_windows_is_told_the_bound(tmp_path) -> None:  # type: ignore[no-untyped-def]
    lines = config.text(445, "::", tmp_path, tmp_path, {}, 50_000_000_000).splitlines()
    assert "  max disk size = 50000" in lines
