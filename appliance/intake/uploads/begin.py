"""A file is announced."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from appliance.catalog import Catalog, uploads
from appliance.errors import StorageFull, UploadRefused
from appliance.intake.uploads import places
from appliance.intake.uploads.append import no_room_said
from appliance.intake.walk import MAX_DEPTH
from appliance.station import Station
from appliance.store.files import sync_folder

MOST_FILES = 2000  # of one hand-in: forty lessons of fifty files; what is more comes on a stick
MOST_NAME_BYTES = 4096
_MAX_STAMP = 64


def begin(
    station: Station, catalog: Catalog, school: dict[str, Any], path: str, size: int, stamp: str = ""
) -> dict[str, Any]:
    """The row of the upload, which may be one begun before: the same path, size and `stamp` (what the browser knows
    of the file's last change) in the open hand-in go on where they were. Another size or stamp takes the place of
    the file before; without a stamp nobody knows, so it begins anew. Raises `UploadRefused`, `StorageFull`."""
    name = given(path)
    stamp = stamp[:_MAX_STAMP]
    with catalog.writing() as db:
        hand_in = uploads.begin_hand_in(db, school["id"])
        old = uploads.named(db, hand_in["id"], name)
        if old and stamp and (old["size"], old["stamp"]) == (size, stamp):
            return old
        if old:
            uploads.remove(db, [old["id"]])
        _require_allowance(db, station, school, size)
        row = uploads.add(db, secrets.token_hex(16), hand_in["id"], name, size, stamp)
        _make(places.path(station, row))
    if old:
        places.path(station, old).unlink(missing_ok=True)
    return row


def given(path: str) -> str:
    """The path as it was given. It is never opened; but what climbs out of its folder has no business here (H5)."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\0" in path:
        raise UploadRefused("文件名里有不能用的路径", remedy="请改名后再传")
    if len(parts) >= MAX_DEPTH or len(path.encode()) > MOST_NAME_BYTES:
        raise UploadRefused("文件名太长，或文件夹套得太深", remedy="请改短后再传")
    return path


def _require_allowance(db: Database, station: Station, school: dict[str, Any], size: int) -> None:
    used, files = uploads.used_by(db, school["id"])
    limit = station.settings.school_bytes if school["bytes"] is None else school["bytes"]
    if files >= MOST_FILES:
        raise UploadRefused(f"一次最多 {MOST_FILES} 个文件", code="QUOTA", remedy="请先按“交齐了”，再传其余的")
    if used + size > limit:
        raise UploadRefused(
            f"本校可以在网页上交 {limit / 1e9:.1f} GB，已用 {used / 1e9:.1f} GB，放不下这个文件", code="QUOTA",
            remedy="请用 U 盘交，或请县里增加",
        )  # fmt: skip
    room = station.store().room() - uploads.promised(db)
    if 2 * size > room:  # it lies here until it is in the store
        raise StorageFull(f"盒子存储空间不足，还差 {(2 * size - room) / 1e9:.1f} GB", remedy="请告诉县里，过后再传")


def _make(path: Path) -> None:
    """An empty file that a power cut leaves in its folder, so that the row, which follows, speaks of something."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with no_room_said():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o660))
        sync_folder(path.parent)
        sync_folder(path.parent.parent)
