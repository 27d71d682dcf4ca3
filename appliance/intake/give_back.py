"""A slip onto the stick that a delivery came from, when a person asks for it. Nothing else ever writes to a stick.

1. The stick must be the very one, seen by a scan of this moment, and at rest.
2. It must be writable. Sticks are mounted read-only by design; making one writable is the work of whoever mounts.
3. A temporary beside the target, fsync, rename: pulled amid it, the stick keeps what it had.
The file's name is on the list of what intake leaves out, so a stick that carries its slip is still the same delivery.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appliance.errors import BoxError, NotAllowed, SourceGone, StorageFull, SystemRefuses
from appliance.intake.drops import DROP_KINDS
from appliance.station import Station

PREFIX = "课例检查通知单-"
_RESTING = ("done", "gone", "trouble")
_PRINT = "请打印通知单，或请技术员把 U 盘挂成可写再试"


def write_slip(station: Station, drop: Mapping[str, Any] | None, receipt: str, page: str) -> str:
    """The name of the file. `drop`: the delivery's row of `drop_`. Raises `NotAllowed` (not from a stick, amid a copy,
    read-only), `SourceGone`, `StorageFull` (the stick's), `SystemRefuses`; the stick is then as it was."""
    if drop is None or drop["kind"] != "usb":
        raise NotAllowed("这份资料不是从 U 盘来的，写不回去", remedy="请打印通知单")
    if drop["present"] and drop["state"] not in _RESTING:
        raise NotAllowed("这个 U 盘还在收件", effect="什么也没有写", remedy="等显示“可以拔出”再按一次")
    folder = _there_now(station, drop["identity"])
    name = f"{PREFIX}{receipt}.html"
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        raise NotAllowed("这个 U 盘是只读的，盒子写不上去", effect="什么也没有写", remedy=_PRINT)
    try:
        _write(folder, name, page.encode())
    except OSError as error:
        raise _meaning(error) from error
    return name


def _there_now(station: Station, identity: str) -> Path:
    usb = next(kind for kind in DROP_KINDS if kind.name == "usb")
    found = next((one for one in usb.find(station) if one.identity == identity), None)
    if found is None:
        raise SourceGone(
            "收这份资料的 U 盘现在没有插着", effect="什么也没有写", remedy="请插上原来的 U 盘，等收件台认出来再按一次"
        )
    return found.path


def _write(folder: Path, name: str, data: bytes) -> None:
    """A link that somebody laid under the name is replaced, never followed."""
    temporary = folder / f"{name}.{os.getpid()}.tmp"
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    try:
        with os.fdopen(fd, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, folder / name)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    above = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(above)
    finally:
        os.close(above)


def _meaning(error: OSError) -> BoxError:
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotAllowed("盒子没有这个 U 盘的写权限", effect="什么也没有写", remedy=_PRINT)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(
            "U 盘满了，写不下通知单", effect="U 盘上原来的东西没有动", remedy="请打印通知单，或请学校腾出空间"
        )
    if error.errno in (errno.ENOENT, errno.EIO, errno.ENODEV):
        return SourceGone("写到一半时 U 盘拔了", effect="通知单没有写上", remedy="请重新插上，再按一次")
    return SystemRefuses(f"写不了 U 盘：{error.strerror}")
