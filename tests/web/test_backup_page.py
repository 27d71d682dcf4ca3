"""备份: the code on paper, a disk, a backup and a drill by button; and a new box that takes the place of a lost one."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from appliance.backup import disks, recovery, reminder, state
from appliance.backup.asked import carry_out
from appliance.backup.run import back_up
from appliance.box.first import steps
from appliance.box.sticks import note
from appliance.catalog import blobs, deliveries, users
from appliance.station import Station, create
from tests.web.conftest import Visitor
from web import create_app, secret

OFFICE = {"REMOTE_ADDR": "192.168.1.7"}


def with_place(station: Station, **places: Path) -> Station:
    with (station.home / "station.toml").open("a") as settings:
        settings.writelines(f'{name} = ["{place}"]\n' for name, place in places.items())
    return Station.open(station.home)


@pytest.fixture
def disk(tmp_path: Path) -> disks.Disk:
    (tmp_path / "disk").mkdir()
    return disks.prepare(tmp_path / "disk", "示例盘")


@pytest.fixture
def box(office_station: Station, disk: disks.Disk, tmp_path: Path) -> Station:
    return with_place(office_station, backup_places=disk.place, usb_mounts=tmp_path / "usb")


@pytest.fixture
def technician(box: Station) -> Visitor:
    someone = Visitor(create_app(box).test_client())
    assert someone.sign_in("技术员甲").status_code == 303
    return someone


def newest(box: Station) -> str:
    return box.catalog().db.execute("select kind from event order by seq desc limit 1").fetchone()[0]


def test_the_code_is_made_printed_and_then_gone_from_the_box(technician: Visitor, box: Station) -> None:
    assert "没有恢复码，备份盘谁也读不了" in technician.get("/backup").text
    assert technician.post("/backup/key", "/backup").location == "/backup"
    code = recovery.needed(box.home).code
    card = technician.get("/backup/card").text
    assert all(group in card for group in code.split("-")) and 'class="qr"' in card
    assert code not in technician.get("/backup").text
    assert technician.post("/backup/on-paper", "/backup", group="AAAAA").status_code == 409
    assert technician.post("/backup/on-paper", "/backup", group=code[-5:].lower()).location == "/backup"
    assert (recovery.needed(box.home).code, technician.get("/backup/card").status_code) == ("", 404)
    assert newest(box) == "backup.on-paper"


def test_a_button_asks_for_a_backup_and_the_page_tells_how_it_goes(
    technician: Visitor, box: Station, disk: disks.Disk
) -> None:
    assert technician.post("/backup/now", "/backup", disk=disk.id).status_code == 404
    technician.post("/backup/key", "/backup")
    state.note(box.home, state.Known(disk.id, disk.name))
    assert technician.post("/backup/now", "/backup", disk=disk.id).location == "/backup"
    asked = json.loads((box.home / "run/backup-asked.json").read_text())
    assert asked == {"act": "backup", "disk": disk.id, "by": "技术员甲", "snapshot": 0}
    assert "正在备份" in technician.get("/backup/live").text
    assert technician.post("/backup/now", "/backup", disk=disk.id).status_code == 409
    carry_out(box, "backup")
    told = technician.get("/backup/live").text
    assert "已备份到备份盘" in told and "备份了第 1 份" in told
    technician.post("/backup/drill", "/backup", disk=disk.id)
    carry_out(box, "backup")
    lost = sum(not box.store().verify(sha256) for sha256 in blobs.all_sha256(box.catalog().db))
    assert (
        f"有 {lost} 份恢复不出来" in technician.get("/backup/live").text
    )  # the office of the tests has rows without bytes
    assert (carry_out(box, "backup"), newest(box)) == (None, "restore.drill")


def test_what_a_power_cut_ended_is_not_shown_as_going_on(technician: Visitor, box: Station) -> None:
    state.put(box.home, state.Now("running", "backup", "0123ABCD", "写入备份盘", 5, 9))
    assert "正在备份" in technician.get("/backup").text
    path = box.home / "run/backup.json"
    path.write_text(path.read_text().replace(state.get(box.home).boot, "of another start"))
    told = technician.get("/backup").text
    assert "没有做成：备份" in told and "盒子停过" in told and "正在备份" not in told


def test_a_disk_that_is_gone_meanwhile_is_told_on_the_page(technician: Visitor, box: Station, disk: disks.Disk) -> None:
    technician.post("/backup/key", "/backup")
    technician.post("/backup/now", "/backup", disk=disk.id)
    disk.place.rename(disk.place.with_name("pulled"))
    with pytest.raises(disks.BackupDisk):
        carry_out(box, "backup")
    told = technician.get("/backup/live").text
    assert "没有做成：备份" in told and "没有插着备份盘" in told


def test_only_a_stick_that_the_mounter_knows_can_be_chosen(technician: Visitor, box: Station, tmp_path: Path) -> None:
    (tmp_path / "usb/sdb1").mkdir(parents=True)
    note.write(tmp_path / "usb", note.Note("sdb1", "exfat", "u", "s", 64_000_000_000, "办公室的盘"))
    assert "办公室的盘" in technician.get("/backup").text
    assert technician.post("/backup/mark", "/backup", device="sda2").status_code == 404
    assert technician.post("/backup/mark", "/backup", device="sdb1").location == "/backup"
    assert json.loads((box.home / "run/mark-asked.json").read_text())["disk"] == "sdb1"


@pytest.mark.parametrize(
    "age, trouble, ok", [(0, "", True), (2, "", True), (3, "", False), (0, "盘写满了", False)],
    ids=["today", "a weekend", "forgotten", "failed"],
)  # fmt: skip
def test_people_are_reminded_after_three_days_and_after_a_failure(age: int, trouble: str, ok: bool) -> None:
    now = dt.datetime(2024, 11, 24, 9, 0, tzinfo=dt.UTC)
    at = (now - dt.timedelta(days=age)).isoformat()
    told = reminder.standing([state.Known("0123ABCD", good_at=at, trouble=trouble)], now)
    assert (told.ok, told.days) == (ok, age)


def test_the_desk_reminds_and_the_check_up_has_a_row(technician: Visitor, box: Station) -> None:
    assert "没有备份盘" in technician.get("/doctor").text
    old = (dt.datetime.now().astimezone() - dt.timedelta(days=5)).isoformat()
    state.note(box.home, state.Known("0123ABCD", good_at=old))
    assert "已经 5 天" in technician.get("/doctor").text
    assert "已经 5 天没有备份到备份盘" in technician.get("/").text


def test_a_new_box_takes_the_place_of_a_lost_one_from_the_first_page_to_the_login(
    box: Station, disk: disks.Disk, tmp_path: Path
) -> None:
    keys = recovery.make(box.home)
    back_up(box, disk, keys)
    fresh = with_place(create(tmp_path / "new", *steps.UNNAMED), usb_mounts=disk.place.parent, backup_places=tmp_path)
    visitor, code = Visitor(create_app(fresh).test_client()), secret.setup_code(fresh.home)
    assert "从备份盘恢复" in visitor.get("/setup").text
    assert code not in visitor.get("/setup/restore", environ_overrides=OFFICE).text
    form = {"code": code, "disk": disk.id, "recovery": keys.code}
    for wrong, says in (({"code": "x"}, "设置码不对"), ({"recovery": "x"}, "8 组"), ({"disk": "x"}, "没有插着")):
        answer = visitor.post("/setup/restore", "/setup/restore", **(form | wrong))
        assert (answer.status_code, says in answer.text) == (400, True)
    shown = visitor.post("/setup/restore", "/setup/restore", **form).text
    count = deliveries.count(box.catalog().db)
    assert f"{count} 次投递" in shown and "示例县教育局" in shown
    assert (
        visitor.post("/setup/restore/begin", "/setup/restore", code=code, disk=disk.id, snapshot="9").status_code == 400
    )
    assert (
        visitor.post("/setup/restore/begin", "/setup/restore", code=code, disk=disk.id, snapshot="1").status_code == 303
    )
    assert "正在恢复" in visitor.get("/setup/restore").text
    carry_out(fresh, "restore")
    there = Station.open(fresh.home)
    assert users.any_exists(there.catalog().db) and there.settings.code == box.settings.code
    polled = visitor.get("/setup/restore/live", headers={"HX-Request": "true"})
    assert polled.headers["HX-Redirect"] == "/login"
    assert Visitor(create_app(there).test_client()).sign_in("技术员甲").status_code == 303
    assert keys.name not in (fresh.home / "secret/restore.key").read_text()
