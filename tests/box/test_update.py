"""An update onto the other slot: what is refused and why, and what is left when it is cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.box.update import boot_entry, signing
from appliance.box.update.apply import apply, verify
from appliance.box.update.slots import Box
from appliance.errors import SourceGone, StorageLies, UpdateRefused
from appliance.failpoint import FAILPOINTS
from tests.box.updates import SCHEMA, SLOT, Bench

KILLED = -9


def silent(what: str, done: int, of: int) -> None:
    pass


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def applied(bench: Bench, path: Path):
    return apply(path, bench.box, SCHEMA, bench.keys, silent, bench.floors.append)


def test_a_good_update_fills_the_other_slot_and_is_tried_at_the_next_start(bench: Bench) -> None:
    assert applied(bench, bench.update()).version == "1.1"
    assert bench.slot_holds_the_update()
    assert (bench.box.boot / "b/vmlinuz").read_bytes() == bench.sources["vmlinuz"].read_bytes()
    assert bench.entries() == ["lessonbox-a.conf", "lessonbox-b+3.conf"]
    entry = (bench.box.boot / "loader/entries/lessonbox-b+3.conf").read_text()
    assert (
        "\nversion 1.1\n" in entry
        and "\nlinux /b/vmlinuz\n" in entry
        and "options lessonbox.slot=b ro quiet\n" in entry
    )
    assert bench.floors == ["1.0"]


def test_a_pi_tries_the_new_slot_once_and_keeps_it_when_it_was_good(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "pi4")
    applied(bench, bench.update())
    boot = bench.box.boot
    assert (boot / "config.txt").read_text().splitlines()[1] == "os_prefix=a/"
    assert (boot / "tryboot.txt").read_text().splitlines()[1] == "os_prefix=b/"
    assert (boot / "b/cmdline.txt").read_text() == "lessonbox.slot=b ro quiet\n"
    kind = boot_entry.kind_of("pi4")
    kind.keep(bench.box)  # still the old slot: nothing was tried
    assert (boot / "tryboot.txt").exists()
    kind.keep(Box("pi4", "1.1", "b", bench.slot, boot))
    assert (boot / "config.txt").read_text().splitlines()[1] == "os_prefix=b/"
    assert not (boot / "tryboot.txt").exists()


@pytest.mark.parametrize("signers", [("old",), ("new",), ("old", "new"), ("stranger", "new")], ids="+".join)
def test_either_of_two_keys_is_enough_so_that_one_can_follow_the_other(signers, bench: Bench) -> None:
    assert verify(bench.update(signers), bench.box, SCHEMA, bench.keys, silent).version == "1.1"


def flip(at: int) -> Callable[[Path], None]:
    def work(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(data)

    return work


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"x")


def foreign(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"\0" * 100)


REFUSED = {
    "signed by a stranger": ({"signers": ("stranger",)}, None, "SIGNATURE", "认得的密钥"),
    "signed by nobody": ({"signers": ()}, None, "SIGNATURE", "认得的密钥"),
    "manifest changed": ({}, flip(120), "SIGNATURE", "认得的密钥"),
    "last byte changed": ({}, flip(-1), "CHANGED", "initrd"),
    "byte of the root changed": ({}, flip(1_500_000), "CHANGED", "root"),
    "truncated": ({}, cut, "TRUNCATED", "不完整"),
    "something behind it": ({}, append, "TRUNCATED", "多了东西"),
    "another file": ({}, foreign, "FORMAT", "不是课匣的更新文件"),
    "empty": ({}, lambda path: path.write_bytes(b""), "FORMAT", "不是课匣的更新文件"),
    "other product": ({"product": "other"}, None, "PRODUCT", "别的产品"),
    "other board": ({"board": "pi4"}, None, "BOARD", "给 pi4 的更新文件，这台是 pc"),
    "older": ({"version": "0.9.9", "floor": "0.1"}, None, "DOWNGRADE", "比现在的 1.0 旧"),
    "the same": ({"version": "1.0"}, None, "SAME", "已经是 1.0"),
    "data newer than it": ({"schema_to": SCHEMA - 1}, None, "SCHEMA", "目录库"),
    "data too old for it": ({"schema_from": SCHEMA + 1, "schema_to": SCHEMA + 2}, None, "SCHEMA", "目录库"),
}  # fmt: skip


@pytest.mark.parametrize("how, spoil, code, says", REFUSED.values(), ids=list(REFUSED))
def test_a_bad_update_is_refused_and_neither_slot_nor_entry_is_touched(how, spoil, code, says, bench: Bench) -> None:
    (bench.box.boot / "loader/entries/lessonbox-b.conf").write_text("the way back\n")
    path = bench.update(**how)
    if spoil:
        spoil(path)
    with pytest.raises(UpdateRefused, match=says) as refused:
        applied(bench, path)
    assert refused.value.code == code
    assert bench.slot.read_bytes() == bytes(SLOT)
    assert bench.entries() == ["lessonbox-a.conf", "lessonbox-b.conf"] and bench.floors == []


def test_after_a_rollback_what_is_below_the_floor_is_refused_although_it_is_newer_than_what_runs(bench: Bench) -> None:
    back = Box("pc", "1.0", "a", bench.slot, bench.box.boot, floor="1.5")
    with pytest.raises(UpdateRefused, match=r"1\.5 以上") as refused:
        verify(bench.update(), back, SCHEMA, bench.keys, silent)
    assert refused.value.code == "FLOOR"


def test_a_root_that_is_larger_than_the_slot_is_refused(bench: Bench) -> None:
    os.truncate(bench.slot, 1 << 20)
    with pytest.raises(UpdateRefused, match="放不下") as refused:
        applied(bench, bench.update())
    assert refused.value.code == "ROOM"


def test_a_system_without_keys_takes_no_update(bench: Bench) -> None:
    with pytest.raises(UpdateRefused) as refused:
        verify(bench.update(), bench.box, SCHEMA, signing.trusted(bench.top / "none"), silent)
    assert refused.value.code == "SIGNATURE"


def test_a_stick_that_is_gone_is_told_so(bench: Bench) -> None:
    with pytest.raises(SourceGone):
        verify(bench.top / "gone", bench.box, SCHEMA, bench.keys, silent)


def test_a_medium_that_lies_is_found_before_the_boot_entry(bench: Bench) -> None:
    path = bench.update()

    def spoil(what: str, done: int, of: int) -> None:
        if what.startswith("写入") and done == of:
            with bench.slot.open("r+b") as file:
                file.write(b"\0")

    with pytest.raises(StorageLies):
        apply(path, bench.box, SCHEMA, bench.keys, spoil, bench.floors.append)
    assert bench.entries() == ["lessonbox-a.conf"] and bench.floors == []


POINTS = [point for point in FAILPOINTS if point.startswith("update.")]


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_step_the_old_slot_starts_and_the_same_file_goes_on_again(point: str, bench: Bench) -> None:
    (bench.box.boot / "loader/entries/lessonbox-b.conf").write_text("an older way back\n")
    path = bench.update()
    work = (
        "import sys; from pathlib import Path; from tests.box.test_update import *;"
        "top = Path(sys.argv[1]);"
        "box = Box('pc', '1.0', 'a', top / 'root-b', top / 'boot');"
        "apply(Path(sys.argv[2]), box, SCHEMA, signing.trusted(top / 'keys'), silent, lambda floor: None)"
    )
    environment = {**os.environ, "LESSONBOX_FAILPOINT": point}
    done = subprocess.run([sys.executable, "-c", work, bench.top, path], env=environment, capture_output=True)
    assert done.returncode == KILLED, done.stderr
    whole = point == "update.entry-written"
    assert bench.entries() == (["lessonbox-a.conf", "lessonbox-b+3.conf"] if whole else ["lessonbox-a.conf"])
    assert (bench.box.boot / "loader/entries/lessonbox-a.conf").read_text().startswith("title LessonBox a\nversion 1.0")
    applied(bench, path)
    assert bench.slot_holds_the_update() and bench.entries() == ["lessonbox-a.conf", "lessonbox-b+3.conf"]
