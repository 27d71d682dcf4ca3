"""更新: what is on the sticks, and one that a technician confirms. The box and its slots are files here."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from appliance.box.update import signing, slots, state
from appliance.box.update.parcel import SUFFIX
from tests.box.updates import Bench


def lay_machine(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine's marks of a box with slots, in another place than /run, /dev, /boot and /etc."""
    (bench.top / "slot").write_text("a\n")
    (bench.top / "os-release").write_text("NAME=x\nIMAGE_VERSION=1.0\n")
    places = {"_RUNNING": bench.top / "slot", "_DEVICES": bench.top, "_BOOT": bench.box.boot, "_PI": bench.top / "none"}
    for name, place in (places | {"_RELEASES": (bench.top / "os-release",)}).items():
        monkeypatch.setattr(slots, name, place)
    monkeypatch.setattr(signing, "KEYS", bench.top / "keys")


@pytest.fixture
def stick(office_station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A box with slots, and a stick that carries a good update, one of another board, and one that was changed."""
    bench = Bench(tmp_path)
    lay_machine(bench, monkeypatch)
    place = office_station.folder("drops/usb") / "更新盘"
    place.mkdir()
    schema = office_station.catalog().steps()
    for name, more in (("good", {}), ("pi", {"board": "pi4"})):
        os.rename(bench.update(name=name, schema_to=schema, **more), place / f"{name}{SUFFIX}")
    data = bytearray((place / f"good{SUFFIX}").read_bytes())
    data[100] ^= 1
    (place / f"changed{SUFFIX}").write_bytes(data)
    yield place
    state.put(office_station.home, state.State())


def test_each_file_on_a_stick_is_shown_with_what_it_is_or_why_not(visitor, stick) -> None:
    text = visitor("technician").get("/update").get_data(as_text=True)
    assert "更新到 1.1" in text and "更正了几处" in text
    assert "给 pi4 的更新文件，这台是 pc" in text
    assert "不是由认得的密钥签名的" in text
    assert text.count('name="digest"') == 1


def test_a_technician_confirms_an_update_and_it_is_asked_for_once(visitor, office_station, stick) -> None:
    technician = visitor("technician")
    page = technician.get("/update").get_data(as_text=True)
    digest = page.split('name="digest" value="')[1].split('"')[0]
    assert technician.post("/update", "/update", digest=digest).location == "/update"
    asked = json.loads((office_station.home / "run/update-asked.json").read_text())
    assert asked == {"path": str(stick / f"good{SUFFIX}"), "digest": digest, "version": "1.1", "by": "技术员甲"}
    assert "正在更新到 1.1" in technician.get("/update").get_data(as_text=True)
    events = office_station.catalog().db.execute("select kind, actor from event order by seq desc limit 1").fetchall()
    assert events == [("update.asked", "技术员甲")]
    assert state.take(office_station.home) == state.Asked(**asked) and state.take(office_station.home) is None


def test_what_is_no_longer_there_cannot_be_confirmed(visitor, office_station, stick) -> None:
    answer = visitor("technician").post("/update", "/update", digest="0" * 64)
    assert answer.status_code == 404 and not (office_station.home / "run/update-asked.json").exists()


@pytest.mark.parametrize(
    "step, version, says",
    [("written", "1.0", "已更新到 1.0"), ("written", "1.1", "还没有用上 1.1"), ("refused", "1.1", "上一次没有更新成")],
    ids=["kept", "rolled back", "refused"],
)
def test_how_the_last_one_went_is_told(step, version, says, visitor, office_station, stick) -> None:
    state.put(office_station.home, state.State(step, version, says="写不进"))
    assert says in visitor("technician").get("/update").get_data(as_text=True)


def test_a_machine_without_slots_says_so(visitor) -> None:
    assert "不是由装机镜像装的" in visitor("technician").get("/update").get_data(as_text=True)
