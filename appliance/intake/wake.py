"""What makes the next round come sooner: a file system was mounted, something moved in a watched folder.

Only ever sooner. When the kernel's watch limit is reached, or the folders lie where no events come from, the
rescan finds everything all the same (F15).
"""

from __future__ import annotations

import contextlib
import os
import select
import warnings
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from appliance.intake.drops.usb import MOUNTS

_TELLING = frozenset({"created", "deleted", "moved", "modified", "closed"})  # not: opened, read


class Wake(FileSystemEventHandler):
    """`wait` returns when something happened, or after so many seconds."""

    def __init__(self, folders: list[Path]) -> None:
        self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._mounts = os.open(MOUNTS, os.O_RDONLY | os.O_CLOEXEC)
        self._poll = select.poll()
        self._poll.register(self._bell, select.POLLIN)
        self._poll.register(self._mounts, select.POLLPRI)  # and POLLERR, always: the mount table changed
        self._observer = self._watch(folders)

    def _watch(self, folders: list[Path]) -> object | None:
        # A new folder may be watched twice within a moment; watchdog says so at length, and it does no harm
        # (gorakhargosh/watchdog pull request 1278).
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        observer = Observer()
        try:
            for folder in folders:
                observer.schedule(self, str(folder), recursive=True)
            observer.start()
        except OSError:  # the watch limit
            return None
        return observer

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _TELLING:
            self.ring()

    def ring(self) -> None:
        os.eventfd_write(self._bell, 1)

    def wait(self, seconds: float) -> None:
        self._poll.poll(seconds * 1000)
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._bell)
        os.lseek(self._mounts, 0, os.SEEK_SET)

    def close(self) -> None:
        if self._observer is not None:
            self._observer.stop()  # type: ignore[attr-defined]
            self._observer.join(5)  # type: ignore[attr-defined]
        os.close(self._mounts)
        os.close(self._bell)
