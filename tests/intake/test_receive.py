from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from appliance.catalog import Catalog, deliveries
from appliance.errors import SourceGone, StillChanging, StorageFull
from appliance.intake.parcel import Parcel
from appliance.intake.progress import Silent
from appliance.intake.receive import receive
from appliance.intake.take import take
from appliance.intake.walk import walk
from appliance.settings import read_settings
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import fates, half_video, lay


def parcel(folder: Path) -> Parcel:
    return Parcel("usb", "U 盘", folder)


def test_every_file_of_a_stick_is_stored_or_listed_with_the_reason(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    stick = lay(
        tmp_path / "stick",
        {
            "示例小学/教案.docx": b"plan",
            "示例小学/抄一份.docx": b"plan",
            "示例小学/微课视频.mp4": half_video(),
            "示例小学/空.txt": b"",
            "示例小学/~$教案.docx": b"lock",
            "示例小学/._教案.docx": b"mac",
            ".隐藏的/任务单.docx": b"sheet",
            "示例小学.exe": b"MZ",
            "示例小学.lnk": b"L",
            "Thumbs.db": b"t",
            "$RECYCLE.BIN/旧.docx": b"old",
        },
    )
    before = invariants.tree(stick)
    no = receive(station, catalog, parcel(stick))
    assert fates(catalog, no) == {
        ".隐藏的/任务单.docx": ("stored", ""),
        "示例小学/微课视频.mp4": ("quarantined", "视频不完整，收到 0.0 MB，应有约 96.0 MB"),
        "示例小学/抄一份.docx": ("stored", ""),
        "示例小学/教案.docx": ("duplicate", "同样的内容已经收过"),
        "$RECYCLE.BIN/旧.docx": ("ignored", "在“$recycle.bin”里：回收站"),
        "Thumbs.db": ("ignored", "系统缩略图"),
        "示例小学.exe": ("ignored", "可执行文件，不收也不运行"),
        "示例小学.lnk": ("ignored", "快捷方式，不是文件本身"),
        "示例小学/._教案.docx": ("ignored", "苹果系统的附属文件"),
        "示例小学/~$教案.docx": ("ignored", "文档打开时的临时文件"),
        "示例小学/空.txt": ("ignored", "空文件（0 字节）"),
    }
    assert deliveries.row(catalog.db, no)["receipt"] == "360731-00001"
    invariants.check(station, stick, before)


@pytest.mark.fault("H12")
def test_links_fifos_and_loops_are_listed_and_never_followed(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "stick", {"教案.docx": b"plan"})
    os.mkfifo(stick / "f.mp4")
    (stick / "秘密.docx").symlink_to("/etc/passwd")
    (stick / "圈").symlink_to(stick)
    no = receive(station, catalog, parcel(stick))
    assert fates(catalog, no) == {
        "教案.docx": ("stored", ""),
        "f.mp4": ("ignored", "不是普通文件"),
        "圈": ("ignored", "链接，不是文件本身"),
        "秘密.docx": ("ignored", "链接，不是文件本身"),
    }


@pytest.mark.fault("F13")
def test_the_same_bytes_again_get_the_same_receipt_number(station: Station, catalog: Catalog, tmp_path: Path) -> None:
    first = lay(tmp_path / "a", {"课/教案.docx": b"plan"})
    second = lay(tmp_path / "b", {"课/教案.docx": b"plan"})
    numbers = [receive(station, catalog, parcel(folder)) for folder in (first, second)]
    rows = [deliveries.row(catalog.db, no) for no in numbers]
    assert [(row["receipt"], row["duplicate_of"]) for row in rows] == [("360731-00001", None), ("360731-00001", 1)]
    assert fates(catalog, 2) == {"课/教案.docx": ("duplicate", "同样的内容已经收过")}


@pytest.mark.fault("H5")
def test_names_that_cannot_be_names_are_kept_as_bytes_and_shown_readably(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    raws = ["教案.docx".encode("gb18030"), b"a\nb\x1b[31m.docx", b"-rf $(x).docx", b"\x81\xff.docx", b"n" * 255]
    for raw in raws:
        (Path(os.fsdecode(os.fsencode(stick) + b"/" + raw))).write_bytes(raw)
    no = receive(station, catalog, parcel(stick))
    rows = deliveries.entries(catalog.db, no)
    assert {row["raw"]: row["sha256"] for row in rows} == {raw: sha256(raw).hexdigest() for raw in raws}
    assert {row["name"] for row in rows} >= {"教案.docx", "a\nb\x1b[31m.docx", "-rf $(x).docx"}


@pytest.mark.fault("H5")
def test_folders_deeper_than_the_bound_are_listed_and_the_rest_is_taken(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "stick", {"教案.docx": b"plan"})
    fd = os.open(stick, os.O_RDONLY)
    for _ in range(200):  # its path is longer than the system takes at once
        os.mkdir("深" * 80, dir_fd=fd)
        inner = os.open("深" * 80, os.O_RDONLY, dir_fd=fd)
        os.close(fd)
        fd = inner
    os.close(fd)
    no = receive(station, catalog, parcel(stick))
    assert list(fates(catalog, no).values()) == [("stored", ""), ("ignored", "文件夹套得太深，超过 64 层")]


@pytest.mark.fault("F6")
def test_without_room_nothing_is_begun(station: Station, catalog: Catalog, tmp_path: Path) -> None:
    stick = lay(tmp_path / "stick", {"教案.docx": b"plan"})
    settings = read_settings(b'code = "360731"\nreserve_bytes = 900_000_000_000_000')
    with pytest.raises(StorageFull, match="还差"):
        receive(Station(station.home, settings), catalog, parcel(stick))
    assert catalog.db["delivery"].count == 0


class Scribbler(Silent):
    """Writes into the file while it is copied, in as many tries as told."""

    def __init__(self, path: Path, tries: int) -> None:
        self.path, self.tries = path, tries

    def add(self, count: int) -> None:
        if self.tries > 0:
            with self.path.open("ab") as file:
                file.write(b"more")

    def back(self, count: int) -> None:
        self.tries -= 1


@pytest.mark.parametrize("tries", [1, 2])
@pytest.mark.fault("F10")
def test_a_file_that_changes_during_the_copy_is_copied_again(station: Station, tmp_path: Path, tries: int) -> None:
    stick = lay(tmp_path / "stick", {"教案.txt": b"plan"})
    scribbler = Scribbler(stick / "教案.txt", tries)
    taken = take(stick, walk(stick)[0], station.store(), station.quarantine(), scribbler)
    assert station.store().path(taken.blob.sha256).read_bytes() == (stick / "教案.txt").read_bytes()


@pytest.mark.fault("F10")
def test_a_file_that_never_rests_is_left_for_later(station: Station, catalog: Catalog, tmp_path: Path) -> None:
    stick = lay(tmp_path / "stick", {"教案.txt": b"plan"})
    with pytest.raises(StillChanging, match=r"教案\.txt 还在变化"):
        receive(station, catalog, parcel(stick), Scribbler(stick / "教案.txt", 3))
    assert catalog.db["delivery"].count == 0


class Puller(Silent):
    """Takes the stick away when the second file begins."""

    def __init__(self, stick: Path) -> None:
        self.stick, self.files = stick, 0

    def file(self, name: str) -> None:
        self.files += 1
        if self.files == 2:
            self.stick.rename(self.stick.with_name("pulled"))


@pytest.mark.fault("F1")
def test_a_stick_pulled_amid_the_copy_is_not_received_and_goes_on_when_it_comes_again(
    station: Station, catalog: Catalog, tmp_path: Path
) -> None:
    stick = lay(tmp_path / "stick", {"一.docx": b"one", "二.docx": b"two"})
    with pytest.raises(SourceGone):
        receive(station, catalog, parcel(stick), Puller(stick))
    assert [catalog.db[table].count for table in ("delivery", "entry", "blob", "event")] == [0, 0, 0, 0]
    (tmp_path / "pulled").rename(stick)
    no = receive(station, catalog, parcel(stick))
    assert fates(catalog, no) == {"一.docx": ("stored", ""), "二.docx": ("stored", "")}
    invariants.check(station, stick)
