"""Writes an update to the slot that is not running. Cut anywhere, the running slot starts as before, and the same file
can be applied again.

1. Everything is looked at first, every byte of the parts too: a bad file costs nobody the slot to go back to.
2. The other slot's boot entry goes: half a slot must never be started.
3. The root is streamed to the slot, hashed on the way, synced, and read back from the medium.
4. Boot files beside the other kernel, each whole or not at all, each read back.
5. The box notes the floor; only then the boot entry.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from appliance import failpoint
from appliance.box.update import boot_entry
from appliance.box.update.judge import Facts, judge
from appliance.box.update.manifest import ROOT, Manifest, Part
from appliance.box.update.parcel import Opened, opened
from appliance.box.update.slots import Box
from appliance.errors import StorageLies
from appliance.store.files import CHUNK, drop_cache

Progress = Callable[[str, int, int], None]  # what is done, bytes of it, of how many
_SYNC_EVERY = 64 << 20  # so that the stick is not read far ahead of a slow card


def verify(path: Path, box: Box, schema: int, trusted: list[Ed25519PublicKey], progress: Progress) -> Manifest:
    """All of step 1. Raises `UpdateRefused`, `SourceGone`."""
    with opened(path, trusted) as update:
        _look(update, box, schema, progress)
        return update.manifest


def apply(
    path: Path, box: Box, schema: int, trusted: list[Ed25519PublicKey], progress: Progress,
    note_floor: Callable[[str], None],
) -> Manifest:  # fmt: skip
    """Raises also `StorageLies`, and `OSError` of the slot or the boot partition."""
    entry = boot_entry.kind_of(box.board)
    with opened(path, trusted) as update:
        _look(update, box, schema, progress)
        entry.remove(box)
        failpoint.reached("update.entry-removed")
        for part in update.manifest.parts:
            if part.name == ROOT:
                _slot(update, part, box.device, progress)
            else:
                boot_entry.put(box.boot / box.other / part.name, b"".join(update.chunks(part)))
                _read_back(box.boot / box.other / part.name, part, progress)
        failpoint.reached("update.boot-files")
    note_floor(update.manifest.floor)
    failpoint.reached("update.floor")
    entry.write(box, update.manifest.version)
    failpoint.reached("update.entry-written")
    return update.manifest


def _look(update: Opened, box: Box, schema: int, progress: Progress) -> None:
    space = os.statvfs(box.boot)
    judge(update.manifest, box, Facts(schema, box.room, space.f_bavail * space.f_frsize + _there(box)))
    done = 0
    for part in update.manifest.parts:
        for data in update.chunks(part):
            done += len(data)
            progress("核对更新文件", done, update.manifest.total)


def _there(box: Box) -> int:
    """What the files that will be replaced take up now."""
    folder = box.boot / box.other
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0


def _slot(update: Opened, part: Part, device: Path, progress: Progress) -> None:
    fd = os.open(device, os.O_WRONLY)
    try:
        done, synced = 0, 0
        for data in update.chunks(part):
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
            done += len(data)
            if done - synced >= _SYNC_EVERY:
                os.fdatasync(fd)
                synced = done
            progress("写入另一个槽位", done, part.size)
            failpoint.reached("update.writing")
        os.fsync(fd)
        drop_cache(fd)
    finally:
        os.close(fd)
    failpoint.reached("update.slot-written")
    _read_back(device, part, progress)


def _read_back(path: Path, part: Part, progress: Progress) -> None:
    """From the medium, as far as the kernel lets us: what was cached of it was dropped."""
    digest, left = hashlib.sha256(), part.size
    with path.open("rb", buffering=0) as file:
        drop_cache(file.fileno())
        while left and (data := file.read(min(CHUNK, left))):
            digest.update(data)
            left -= len(data)
            progress(f"读回核对 {part.name}", part.size - left, part.size)
    if digest.hexdigest() != part.sha256:
        raise StorageLies(
            "写好的更新读回来不一样", effect="没有换上新的，盒子照旧", remedy="请再试一次；还不行就换卡或硬盘"
        )
