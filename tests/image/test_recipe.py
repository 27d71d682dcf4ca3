"""The recipe of the image, as far as it can be held without making one: arithmetic, sources, texts. Quick."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "image-build"
sys.path.insert(0, str(BUILD))

import base  # noqa: E402
import boards  # noqa: E402
import initramfs  # noqa: E402
import layout  # noqa: E402
import mounts  # noqa: E402
import python_env  # noqa: E402
import sources  # noqa: E402

TABLES = ("gpt", "dos")
EARLY = (BUILD / "early-boot.sh").read_text()


@pytest.mark.parametrize("table", TABLES)
def test_partitions_follow_each_other_without_gap_or_overlap_and_end_inside_the_image(table: str) -> None:
    rows = layout.partitions(table)
    assert rows[0].start == layout.FIRST
    assert [row.start + row.size for row in rows[:-1]] == [row.start for row in rows[1:]]
    assert rows[-1].start + rows[-1].size + layout.TAIL == layout.total(table)


@pytest.mark.parametrize("table", TABLES)
def test_data_comes_last_so_that_it_can_grow_and_both_slots_are_of_one_size(table: str) -> None:
    rows = {row.name: row for row in layout.partitions(table)}
    assert layout.partitions(table)[-1].name == "data"
    assert rows["root-a"].size == rows["root-b"].size


@pytest.mark.parametrize("table", TABLES)
def test_sfdisk_lays_the_table_as_it_is_written_down(table: str, tmp_path: Path) -> None:
    if not shutil.which("sfdisk"):
        pytest.skip("needs sfdisk: image-build/install-packages.sh image")
    disk = tmp_path / "disk.img"
    with disk.open("wb") as file:
        file.truncate(layout.total(table) * layout.MIB)
    subprocess.run(["sfdisk", "--quiet", disk], input=layout.sfdisk_script(table), text=True, check=True)
    said = subprocess.run(["sfdisk", "--dump", disk], check=True, capture_output=True, text=True).stdout
    found = [tuple(map(int, pair)) for pair in re.findall(r"start= *(\d+), size= *(\d+)", said)]
    assert found == [(row.start * 2048, row.size * 2048) for row in layout.partitions(table)]


def test_the_early_start_counts_partitions_as_the_layout_does() -> None:
    numbers = {table: {row.name: n for n, row in enumerate(layout.partitions(table), 1)} for table in TABLES}
    assert {numbers[table][name] for table in TABLES for name in ("boot", "root-a", "root-b")} == {1, 2, 3}
    assert (numbers["gpt"]["settings"], numbers["gpt"]["data"], numbers["dos"]["data"]) == (4, 5, 4)
    assert "boot:1 root-a:2 root-b:3 settings:$settings" in EARLY


def test_packages_come_from_the_machines_own_sources_with_the_suite_replaced() -> None:
    old = "deb http://mirror.example/debian bookworm main contrib\ndeb-src http://mirror.example/debian bookworm main\n"
    new = "Types: deb\nURIs: http://mirror.example/security\nSuites: bookworm-security\nComponents: main\n"
    other = "deb http://elsewhere.example/node nodistro main\n"
    found = sources.lines(("main",), texts=(old, new, other), own="bookworm")
    key = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
    assert found == [
        f"deb {key} http://mirror.example/debian trixie main",
        f"deb {key} http://mirror.example/security trixie-security main",
    ]


def test_a_mirror_that_is_named_is_the_only_source() -> None:
    found = sources.lines(("main",), "http://mirror.example/debian", texts=("deb http://x.example bookworm main\n",))
    assert [line.split()[2:4] for line in found] == [
        ["http://mirror.example/debian", "trixie"],
        ["http://mirror.example/debian", "trixie-updates"],
    ]


def test_without_any_source_it_is_said_what_to_do() -> None:
    with pytest.raises(sources.NoSource, match="make image MIRROR="):
        sources.lines(("main",), texts=("# nothing\n",), own="bookworm")


def test_no_file_of_the_recipe_names_a_host() -> None:
    files = [path for path in BUILD.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    hosts = {match for path in files for match in re.findall(r"[a-z]+://[^\s\"'{]+", path.read_text())}
    assert hosts == set()


def test_the_image_has_what_a_running_box_and_its_share_need() -> None:
    listed = {
        line.split()[0]
        for name in ("run", "share")
        for line in (BUILD / f"packages-{name}.txt").read_text().splitlines()
        if line.strip() and not line.startswith("#")
    }
    # The environment is laid out by pip from outside, so the image needs no venv module.
    assert listed - {"python3-venv"} <= set(base.listed())


@pytest.mark.parametrize("board", boards.BOARDS.values(), ids=boards.BOARDS)
def test_data_is_mounted_as_the_units_need_it_and_nothing_mounted_stops_the_start(board: boards.Board) -> None:
    rows = [line.split() for line in mounts.text(board).splitlines()]
    by_place = {row[1]: (row[0], row[3].split(",")) for row in rows}
    assert by_place["/data"][0] == "/dev/lessonbox/data"
    assert {"noatime", "nosuid", "nodev", "errors=remount-ro"} <= set(by_place["/data"][1])
    assert [row[1] for row in rows if row[2] != "tmpfs" and "nofail" not in row[3]] == []
    assert [row[0] for row in rows if row[0].startswith(("LABEL", "PARTLABEL", "UUID", "/dev/sd", "/dev/disk"))] == []


def test_the_cpio_archive_is_one_that_cpio_reads_and_the_same_each_time(tmp_path: Path) -> None:
    def made() -> bytes:
        archive = initramfs.Cpio()
        archive.add("bin", 0o40755)
        archive.add("init", 0o100755, b"#!/bin/sh\n")
        return archive.end()

    assert made() == made()
    if not shutil.which("cpio"):
        pytest.skip("needs cpio: image-build/install-packages.sh image")
    said = subprocess.run(["cpio", "--list", "--quiet"], input=made(), capture_output=True, check=True).stdout
    assert said == b"bin\ninit\n"


def test_modules_come_after_what_they_need(tmp_path: Path) -> None:
    (tmp_path / "modules.dep").write_text(
        "fs/erofs.ko.xz: lib/crc.ko.xz\nlib/crc.ko.xz:\nlib/crc-soft.ko.xz:\nx.ko.xz:\n"
    )
    (tmp_path / "modules.softdep").write_text("softdep erofs pre: crc_soft\n")
    assert initramfs.in_order(tmp_path, ["erofs", "built-in"]) == [
        "lib/crc-soft.ko.xz",
        "lib/crc.ko.xz",
        "fs/erofs.ko.xz",
    ]


@pytest.mark.parametrize("script", ["early-boot.sh", "files/usr/lib/lessonbox/settle-disk"])
def test_scripts_of_the_image_parse(script: str) -> None:
    shell = ["sh", "-n"] if script.endswith(".sh") else ["bash", "-n"]
    subprocess.run([*shell, BUILD / script], check=True)


def test_wheels_are_asked_for_by_exact_version_and_hash_for_the_images_own_python() -> None:
    words = python_env._for("aarch64")
    assert "cp313" in words and "manylinux_2_28_aarch64" in words and ":all:" in words
    assert all(path.exists() for path in python_env._REQUIREMENTS)
