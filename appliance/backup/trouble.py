"""What a failing disk means, in plain words."""

from __future__ import annotations

import errno

from appliance.backup.disks import Disk
from appliance.errors import BackupDisk, BoxError, SystemRefuses

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SICK = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTCONN, errno.ESTALE, errno.ENOTDIR}
_ON_DISK = "这次没有备份成，以前的备份还在"


def meaning(error: BoxError | OSError, disk: Disk) -> BoxError:
    """`error` came amid a run. What is no fault of the disk stays what it was."""
    if isinstance(error, BoxError):
        return error
    if error.errno in _NO_ROOM:
        return BackupDisk("备份盘写满了", effect=_ON_DISK, remedy="请换一块大的备份盘")
    if error.errno in _SICK:
        return BackupDisk(f"备份盘 {disk.id} 读写不了，可能拔了", effect=_ON_DISK, remedy="请插好再备份一次，会接着做")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return BackupDisk(
            f"备份盘 {disk.id} 不能写", effect=_ON_DISK, remedy="请看看有没有写保护，或在电脑上检查这块盘"
        )
    return SystemRefuses(f"备份没有做成：{error.strerror or error}")
