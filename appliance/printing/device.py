"""Bytes to the printer: a device of the kernel (/dev/usb/lp0), a Unix socket, or a plain file for trying out.

Writing never blocks for ever: a printer without paper takes nothing, and that is said after PATIENCE seconds.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import socket
import stat
import time
from collections.abc import Iterable
from pathlib import Path

from appliance.errors import PrinterRefuses

PATIENCE = 20.0  # seconds in which the printer takes nothing; a slip itself takes about 3
_STATUS = 0x060B  # LPGETSTATUS of lp(4), which usblp answers too
_NO_PAPER = 0x20
_REASONS = {
    errno.ENOENT: ("没有找到打印机", "请看打印机的电源和线，再试一次"),
    errno.ENXIO: ("没有找到打印机", "请看打印机的电源和线，再试一次"),
    errno.ENODEV: ("打印机的线断了", "请插好打印机的线，再试一次"),
    errno.EPIPE: ("打印机的线断了", "请插好打印机的线，再试一次"),
    errno.ENOSPC: ("打印机没有纸了", "请装上纸，再试一次"),
    errno.EIO: ("打印机出错，可能没有纸或盖子没有盖好", "请看打印机的纸和盖子，再试一次"),
    errno.EBUSY: ("打印机正被别的程序用着", "请稍后再试"),
    errno.EACCES: ("盒子没有用打印机的权限", "请联系技术员"),
    errno.ECONNREFUSED: ("打印机没有接通", "请看打印机的电源，再试一次"),
}


def send(path: Path, pieces: Iterable[bytes], patience: float = PATIENCE) -> int:
    """How many bytes the printer took. Raises `PrinterRefuses`, whose `begun` says whether it had taken any."""
    sent = 0
    try:
        fd = _open(path)
        try:
            _look_for_paper(fd)
            for piece in pieces:
                while piece:
                    _wait(fd, patience)
                    count = os.write(fd, piece)
                    sent, piece = sent + count, piece[count:]
        finally:
            os.close(fd)
    except TimeoutError:
        raise PrinterRefuses("打印机没有回应", remedy="请看打印机的纸、盖子和电源，再试一次", begun=sent > 0) from None
    except OSError as error:
        what, remedy = _REASONS.get(
            error.errno or 0, (f"打印机出错（{errno.errorcode.get(error.errno or 0, '?')}）", "")
        )
        raise PrinterRefuses(what, remedy=remedy, begun=sent > 0) from error
    return sent


def _open(path: Path) -> int:
    """Never makes a file: a pulled printer must not become one that swallows slips."""
    if stat.S_ISSOCK(path.stat().st_mode):
        channel = socket.socket(socket.AF_UNIX)
        channel.setblocking(False)
        channel.connect(str(path))
        return channel.detach()
    return os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC | os.O_APPEND)


def _look_for_paper(fd: int) -> None:
    """Printers that say so at once; others say it by taking nothing."""
    if not stat.S_ISCHR(os.fstat(fd).st_mode):
        return
    answer = bytearray(4)
    try:
        fcntl.ioctl(fd, _STATUS, answer)
    except OSError:
        return  # no printer of the kernel's, or one that does not answer
    if answer[0] & _NO_PAPER:
        raise OSError(errno.ENOSPC, "no paper")


def _wait(fd: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    poll = select.poll()
    poll.register(fd, select.POLLOUT)
    for _, events in poll.poll(patience * 1000):
        if events & (select.POLLERR | select.POLLHUP):
            raise OSError(errno.EIO, "the printer reports an error")
        return
    if time.monotonic() >= deadline:
        raise TimeoutError
