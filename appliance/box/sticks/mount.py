"""Mounts a stick so that the watcher sees it, and takes the place away again. As root, by `lessonbox-usb@.service`.

1. Not the box's own disk, not a disk whose partitions come by themselves.
2. The kernel is told that nobody writes to the device, also not a FUSE helper.
3. The note first, then the mount: whoever sees the mount finds the note.
4. A mount that fails leaves no folder behind, only the note with the reason.
5. A backup disk that this box has marked is not for the watcher: it goes to a place of its own, to be written to.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path

from appliance.box.sticks import backup_disk, kinds, note
from appliance.box.sticks.doing import refuse_writes, run
from appliance.box.sticks.look import look
from appliance.box.sticks.note import Note
from appliance.box.sticks.own import disks_below, own_disks
from appliance.errors import NotAllowed, SourceGone

ROOT = Path("/run/lessonbox/usb")


def mount(device: Path, root: Path = ROOT, home: Path | None = None, backups: Path = backup_disk.PLACE) -> Note | None:
    """The note; None when there is nothing to mount by design. `home`: whose backup disks are known. Raises
    `NotAllowed`, `SourceGone`."""
    if set(disks_below(Path("/sys/class/block") / device.name)) & own_disks(root, backups):
        raise NotAllowed(f"{device.name} 在盒子自己的盘上，或已经挂载在别处", remedy="不用处理")
    try:
        looked = look(device)
    except OSError as error:
        raise SourceGone() from error
    if looked.whole_with_parts:
        return None
    root.mkdir(0o755, parents=True, exist_ok=True)
    found = note.write(root, replace(looked.note, problem=kinds.unusable(looked.note.kind)))
    if not found.problem and not _mounted(device, root / device.name, found.kind):
        found = note.write_again(root, replace(found, problem=kinds.BROKEN))
    if not found.problem and home and backup_disk.is_ours(root / device.name, home):
        backup_disk.move(device, found.kind, root / device.name, backups)
    return found


def unmount(name: str, root: Path = ROOT, backups: Path = backup_disk.PLACE) -> None:
    """Also of a stick that is gone: what is still open there reads errors, and the place is free again."""
    for place in (root / name, backups / name):
        if os.path.ismount(place) and not run("umount", str(place)):
            run("umount", "--lazy", str(place))
    with contextlib.suppress(OSError):  # pulled: the device went first
        refuse_writes(Path("/dev") / name, False)
    for place in (root / name, backups / name):
        with contextlib.suppress(FileNotFoundError):
            place.rmdir()
    note.remove(root, name)


def _mounted(device: Path, place: Path, kind: str) -> bool:
    place.mkdir(0o555, exist_ok=True)
    refuse_writes(device, True)
    for way in kinds.KINDS[kind]:
        options = ",".join((*kinds.FLAGS, *way.options))
        if run("mount", "--types", way.type, "--options", options, str(device), str(place)) and _guarded(place):
            return True
    place.rmdir()
    return False


def _guarded(place: Path) -> bool:
    """Whether every flag holds. FUSE helpers drop some; the kernel then sets them on the mount itself."""
    if not _missing(place):
        return True
    run("mount", "--options", ",".join(("remount", "bind", *kinds.FLAGS)), str(place))
    if not _missing(place):
        return True
    run("umount", "--lazy", str(place))
    return False


def _missing(place: Path) -> int:
    """Flags of kinds.FLAGS that the mount lacks, as bits."""
    wanted = os.ST_RDONLY | os.ST_NOSUID | os.ST_NODEV | os.ST_NOEXEC
    return wanted & ~os.statvfs(place).f_flag
