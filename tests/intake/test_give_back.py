"""A slip onto the stick: only onto the very stick, only when it is there, at rest and writable."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from appliance.errors import NotAllowed, SourceGone, StorageFull
from appliance.intake import give_back, ignore
from appliance.intake.drops import usb
from appliance.intake.walk import walk


@pytest.fixture
def stick(station) -> Path:
    folder = station.folder("drops/usb") / "示例小学"
    folder.mkdir()
    (folder / "教学设计.docx").write_bytes(b"x")
    return folder


@pytest.fixture
def drop(station, stick) -> dict:
    """As the catalog's row: what the last scan saw."""
    (found,) = usb.find(station)
    return {"kind": "usb", "identity": found.identity, "path": str(found.path), "present": 1, "state": "done"}


def test_the_slip_is_one_file_and_is_no_material_when_the_stick_comes_again(station, stick, drop):
    name = give_back.write_slip(station, drop, "360731-00001", "<p>一</p>")
    assert name == "课例检查通知单-360731-00001.html"
    assert sorted(path.name for path in stick.iterdir()) == sorted([name, "教学设计.docx"])
    assert (stick / name).read_text("utf-8") == "<p>一</p>"
    taken = [one.name for one in walk(stick.parent, stick.name.encode()) if not one.ignored]
    assert taken == ["示例小学/教学设计.docx"]
    assert ignore.reason(f"示例/{name}", 9) == "盒子写的通知单，不是材料"
    assert give_back.write_slip(station, drop, "360731-00001", "<p>二</p>") == name
    assert (stick / name).read_text("utf-8") == "<p>二</p>"


def test_a_link_under_the_name_is_replaced_and_not_followed(station, stick, drop, tmp_path):
    target = tmp_path / "elsewhere"
    target.write_text("mine")
    (stick / "课例检查通知单-1.html").symlink_to(target)
    give_back.write_slip(station, drop, "1", "slip")
    assert (target.read_text(), (stick / "课例检查通知单-1.html").is_symlink()) == ("mine", False)


def test_a_stick_that_is_gone_or_another_one_is_not_written(station, stick, drop):
    for row in ({**drop, "identity": "folder:0:0:x"}, {**drop, "present": 0, "identity": "dev:-:8:1:99"}):
        with pytest.raises(SourceGone, match="没有插着"):
            give_back.write_slip(station, row, "1", "slip")
    assert [path.name for path in stick.iterdir()] == ["教学设计.docx"]


@pytest.mark.parametrize(
    ("change", "why"),
    [({"kind": "lan"}, "不是从 U 盘来的"), ({"state": "copying"}, "还在收件"), ({"state": "settling"}, "还在收件")],
)
def test_where_and_when_it_may_not_be_written_is_said(station, drop, change, why):
    with pytest.raises(NotAllowed, match=why):
        give_back.write_slip(station, {**drop, **change}, "1", "slip")
    with pytest.raises(NotAllowed, match="不是从 U 盘来的"):
        give_back.write_slip(station, None, "1", "slip")


def test_a_read_only_stick_is_said_to_be_one(station, stick, drop, monkeypatch):
    plain = os.statvfs(stick)

    class ReadOnly:
        f_flag = plain.f_flag | os.ST_RDONLY

    monkeypatch.setattr(give_back.os, "statvfs", lambda path: ReadOnly)
    with pytest.raises(NotAllowed, match="只读") as told:
        give_back.write_slip(station, drop, "1", "slip")
    assert "打印" in told.value.remedy


@pytest.mark.root
def test_a_full_stick_keeps_what_it_had(station, drop):
    if not Path("/dev/full").exists() or os.geteuid() != 0:
        pytest.skip("needs root for a small file system")
    import subprocess

    folder = station.folder("drops/usb") / "小盘"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "none", str(folder)], capture_output=True).returncode:
        pytest.skip("needs the right to mount")
    try:
        found = next(one for one in usb.find(station) if one.name == "小盘")
        with pytest.raises(StorageFull, match="U 盘满了"):
            give_back.write_slip(station, {**drop, "identity": found.identity}, "1", "x" * 100_000)
        assert list(folder.iterdir()) == []
    finally:
        subprocess.run(["umount", str(folder)], check=True)
