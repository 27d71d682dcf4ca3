"""U 盘: every file system mounted below one of `Settings.usb_mounts`, and, for the demo and for hands without
a stick, every folder in `drops/usb`. A parcel is the whole stick: a school brings one delivery. A backup disk, of this
box or another, is nobody's delivery; what else lies on it is not passed over in silence.

Mounting itself is done by `appliance.box.sticks`, read-only; beside each mount it leaves a note that says which stick
it is, or why it could not be mounted. What somebody else mounted has no note and is told by its numbers. The box writes
to a stick only in `give_back`, when a person asks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from appliance.backup import disks
from appliance.box.sticks import note
from appliance.intake import ignore, names
from appliance.intake.drops.folders import below, folders
from appliance.intake.parcel import FoundDrop
from appliance.station import Station

MOUNTS = Path("/proc/self/mountinfo")
_BY_UUID = Path("/dev/disk/by-uuid")


def find(station: Station) -> Iterator[FoundDrop]:
    notes = {
        Path(root) / name: one for root in station.settings.usb_mounts for name, one in note.read(Path(root)).items()
    }
    table = MOUNTS.read_bytes()
    for device, mounted in mounts(table, station.settings.usb_mounts):
        told = notes.pop(mounted, None)
        identity, called = (told.identity, told.name) if told else (_identity(device, mounted), mounted.name)
        if number := disks.read_mark(mounted):
            yield from _beside_backups(identity, called, mounted, number)
        else:
            yield FoundDrop(identity, called, mounted)
    for device, mounted in mounts(table, station.settings.backup_places):
        if number := disks.read_mark(mounted):
            yield from _beside_backups(_identity(device, mounted), mounted.name, mounted, number)
    for place, told in notes.items():
        if told.problem:
            yield FoundDrop(told.identity, told.name, place, trouble=told.problem)
    playing = station.folder("drops/usb")
    for name, status in folders(playing):
        identity = f"folder:{status.st_dev}:{status.st_ino}:{names.shown(name)}"
        yield FoundDrop(identity, names.shown(name), below(playing, name))


def _beside_backups(identity: str, name: str, mounted: Path, number: str) -> Iterator[FoundDrop]:
    try:
        others = any(
            one.name != disks.FOLDER and not ignore.reason(f"{one.name}/." if one.is_dir() else one.name, 1)
            for one in mounted.iterdir()
        )
    except OSError:
        return  # pulled this moment
    if others:
        says = f"这是备份盘 {number}，盘上别的资料没有收；要交的请放到别的 U 盘上再插"
        yield FoundDrop(identity, name, mounted, trouble=says)


def mounts(table: bytes, roots: tuple[str, ...]) -> list[tuple[str, Path]]:
    """(major:minor, mount point) for what is mounted below one of the roots, from a mountinfo table."""
    found = []
    for line in table.splitlines():
        fields = line.split()
        if len(fields) < 5:
            continue
        point = Path(os.fsdecode(_unescaped(fields[4])))
        if any(point != Path(root) and point.is_relative_to(root) for root in roots):
            found.append((fields[2].decode(), point))
    return found


def _unescaped(field: bytes) -> bytes:
    r"""The kernel writes space, tab, newline and backslash as \040, \011, \012, \134."""
    for code in (b"040", b"011", b"012", b"134"):
        field = field.replace(b"\\" + code, bytes([int(code, 8)]))
    return field


def _identity(device: str, mounted: Path) -> str:
    """Two sticks cloned from one another have the same uuid, so the device number stands beside it (F12)."""
    try:
        space = os.statvfs(mounted)
        size = space.f_blocks * space.f_frsize
    except OSError:
        size = 0  # pulled this moment; the next look no longer finds it
    return f"dev:{_uuid(device)}:{device}:{size}"


def _uuid(device: str) -> str:
    try:
        for link in sorted(_BY_UUID.iterdir()):
            number = link.stat().st_rdev
            if f"{os.major(number)}:{os.minor(number)}" == device:
                return link.name
    except OSError:
        pass  # no udev here: the device number alone has to do
    return "-"
