"""Where everything lies on the disk: pure arithmetic, in MiB.

GPT (pc): boot · root-a · root-b · settings · data.  The settings partition is one of its own because Windows gives an
EFI partition no letter. MBR (pi4) has room for four: boot and settings are one.
The data partition comes last and small; the box makes it as large as the disk when it first starts.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20
FIRST = 1  # MiB before the first partition, so that everything lies on the borders that flash likes
TAIL = 1  # MiB behind the last, for the copy of the GPT
BOOT, SLOT, SETTINGS, DATA = 256, 2048, 64, 64
DISK_ID = {"gpt": "1E550B0C-0000-4000-8000-000000000001", "dos": "0x1e550b0c"}  # the box makes its own at first start
_EFI, _LINUX, _WINDOWS = (
    "C12A7328-F81F-11D2-BA4B-00A0C93EC93B",
    "0FC63DAF-8483-4772-8E79-3D69D8477DE4",
    "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7",
)


@dataclass(frozen=True)
class Partition:
    name: str
    size: int  # MiB
    kind: str  # the type in sfdisk's words
    start: int = 0  # MiB


def partitions(table: str) -> tuple[Partition, ...]:
    """In the order of their numbers, which the early start counts on too (early-boot.sh)."""
    if table == "gpt":
        rows = [
            Partition("boot", BOOT, _EFI), Partition("root-a", SLOT, _LINUX), Partition("root-b", SLOT, _LINUX),
            Partition("settings", SETTINGS, _WINDOWS), Partition("data", DATA, _LINUX),
        ]  # fmt: skip
    else:
        rows = [
            Partition("boot", BOOT, "c"), Partition("root-a", SLOT, "83"), Partition("root-b", SLOT, "83"),
            Partition("data", DATA, "83"),
        ]  # fmt: skip
    placed, at = [], FIRST
    for row in rows:
        placed.append(Partition(row.name, row.size, row.kind, at))
        at += row.size
    return tuple(placed)


def total(table: str) -> int:
    """MiB of the whole image."""
    last = partitions(table)[-1]
    return last.start + last.size + TAIL


def sfdisk_script(table: str) -> str:
    lines = [f"label: {table}", f"label-id: {DISK_ID[table]}"]
    for number, row in enumerate(partitions(table), 1):
        words = [f"start={row.start}MiB", f"size={row.size}MiB", f"type={row.kind}"]
        if table == "gpt":
            words += [f"name=lessonbox-{row.name}", f"uuid={DISK_ID['gpt'][:-1]}{number + 1}"]
        elif row.name == "boot":
            words.append("bootable")
        lines.append(", ".join(words))
    return "\n".join(lines) + "\n"
