"""The contract of every row of DROP_KINDS, and what is special about each."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.intake.drops import DROP_KINDS, DropKind, usb
from appliance.intake.walk import walk
from appliance.settings import read_settings
from appliance.station import Station
from tests.conftest import answer, run_lessonbox
from tests.intake.conftest import Files, lay
from tests.invariants import is_root


@pytest.fixture(params=DROP_KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> DropKind:
    return request.param


def bring(kind: DropKind, station: Station, files: Files) -> Path:
    """As people of this kind bring it; what a browser brought has its labels beside it."""
    place = lay(station.folder(kind.folder), files)
    if kind.name == "browser":
        for folder in [path for path in place.iterdir() if path.is_dir()]:
            (place / f"{folder.name}.json").write_text(json.dumps({"school": folder.name, "names": {}}))
    return place


def test_an_empty_box_finds_nothing(kind: DropKind, station: Station) -> None:
    assert list(kind.find(station)) == []


def test_what_is_put_in_is_found_with_items_that_can_be_walked(kind: DropKind, station: Station) -> None:
    bring(kind, station, {"示例一小/分数/教案.docx": b"plan"})
    (drop,) = kind.find(station)
    assert drop.name == "示例一小"
    assert [one.name for item in drop.items for one in walk(drop.path, item)] == ["分数/教案.docx"]


def test_the_identity_stays_while_it_stays_and_differs_between_two(kind: DropKind, station: Station) -> None:
    folder = bring(kind, station, {"甲/分数/教案.docx": b"1", "乙/分数/教案.docx": b"1"})
    before = [drop.identity for drop in kind.find(station)]
    (folder / "甲/分数/更多.docx").write_bytes(b"2")
    assert [drop.identity for drop in kind.find(station)] == before
    assert len(set(before)) == 2


@pytest.mark.fault("H12")
def test_a_link_is_no_drop(kind: DropKind, station: Station, tmp_path: Path) -> None:
    lay(tmp_path / "elsewhere", {"分数/教案.docx": b"plan"})
    (station.folder(kind.folder) / "示例一小").symlink_to(tmp_path / "elsewhere")
    assert [
        one for drop in kind.find(station) for item in drop.items for one in walk(drop.path, item) if not one.ignored
    ] == []


def test_a_folder_that_is_gone_is_no_trouble(kind: DropKind, station: Station) -> None:
    shutil.rmtree(station.folder(kind.folder))
    assert list(kind.find(station)) == []


def test_every_kind_has_words_for_people(kind: DropKind) -> None:
    assert kind.title and kind.gone_early and kind.name.isascii()


def test_the_mount_table_is_read_with_its_escapes_and_only_below_the_roots() -> None:
    table = (
        b"21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        b"31 21 8:17 / /media/\\345\\274\\240 rw - vfat /dev/sdb1 ro\n"
        b"32 21 8:33 / /media/a\\040b ro,nosuid - vfat /dev/sdc1 ro\n"
        b"33 21 0:40 / /media rw - tmpfs tmpfs rw\n"
        b"34 21 0:41 / /media2/x rw - tmpfs tmpfs rw\n"
    )
    found = usb.mounts(table, ("/media",))
    assert [(device, point.name) for device, point in found] == [("8:17", "\\345\\274\\240"), ("8:33", "a b")]


@pytest.mark.root
@pytest.mark.skipif(not is_root(), reason="mounting needs root")
def test_a_mounted_file_system_is_a_stick_until_it_is_unmounted(station: Station, tmp_path: Path) -> None:
    root = tmp_path / "media"
    stick = root / "张老师 U"
    stick.mkdir(parents=True)
    box = Station(station.home, read_settings(f'code = "360731"\nusb_mounts = ["{root}"]'.encode()))
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "stick", stick], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no mounting here: {mounted.stderr.strip()}")
    try:
        (drop,) = usb.find(box)
        assert (drop.name, drop.path) == ("张老师 U", stick)
    finally:
        subprocess.run(["umount", stick], check=True)
    assert list(usb.find(box)) == []


@pytest.mark.root
@pytest.mark.skipif(not is_root(), reason="mounting needs root")
def test_a_real_stick_mounted_read_only_is_received_and_not_a_byte_of_it_changes(
    station: Station, tmp_path: Path
) -> None:
    """A loop device, as the mount table shows a real stick; seen by the whole watcher, not by its parts."""
    media = tmp_path / "media"
    with (station.home / "station.toml").open("a") as settings:
        settings.write(f'usb_mounts = ["{media}"]\n')
    with ext4(tmp_path / "stick.img", media / "张老师 U", "rw") as stick:
        lay(stick, {"示例一小/三年级数学《分数》教师甲/教学设计.txt": b"plan"})
    before = hashlib.sha256((tmp_path / "stick.img").read_bytes()).hexdigest()
    with ext4(tmp_path / "stick.img", media / "张老师 U", "ro"):
        assert run_lessonbox("watch", "--once", "--home", station.home).returncode == 0
        (delivery,) = answer("deliveries", "--home", station.home)["deliveries"]
        (lesson,) = answer("lessons", "--home", station.home)["lessons"]
    assert (delivery["source"], lesson["school"], lesson["title"]) == ("U 盘 张老师 U", "示例一小", "分数")
    assert hashlib.sha256((tmp_path / "stick.img").read_bytes()).hexdigest() == before


@contextmanager
def ext4(image: Path, point: Path, mode: str) -> Iterator[Path]:
    if not image.exists():
        image.touch()
        os.truncate(image, 8 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-O", "^has_journal", image], check=True)
    point.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-o", f"loop,{mode}", image, point], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no mounting here: {mounted.stderr.strip()}")
    try:
        yield point
    finally:
        subprocess.run(["umount", point], check=True)
