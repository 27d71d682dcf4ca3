"""How far a copy is, for the eyes of the clerk."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from appliance.catalog import Catalog, drops

EVERY_SECONDS = 0.5  # each write is an fsync on the card


class Progress(Protocol):
    def begin(self, files: int, size: int) -> None:
        """So many files and bytes are to be taken."""

    def file(self, name: str) -> None:
        """This one is being copied now."""

    def add(self, count: int) -> None:
        """So many more bytes are copied."""

    def back(self, count: int) -> None:
        """So many bytes have to be copied again."""

    def done(self) -> None:
        """One more file is safe."""


class Silent:
    """Nobody looks."""

    def begin(self, files: int, size: int) -> None: ...
    def file(self, name: str) -> None: ...
    def add(self, count: int) -> None: ...
    def back(self, count: int) -> None: ...
    def done(self) -> None: ...


class DropProgress:
    """Writes to the drop's row, at most every half second, each time in a short transaction of its own.
    `meanwhile` is called as often: the loop looks for other sticks there, and may raise to stop the copy."""

    def __init__(
        self,
        catalog: Catalog,
        drop: int,
        meanwhile: Callable[[], None] = lambda: None,
        every: float = EVERY_SECONDS,
    ) -> None:
        self.catalog, self.drop, self.meanwhile, self.every = catalog, drop, meanwhile, every
        self.fields: dict[str, int | str] = {}
        self._written = 0.0

    def begin(self, files: int, size: int) -> None:
        self.fields = {
            "state": "copying", "message": "", "bytes_total": size, "bytes_done": 0, "files_total": files,
            "files_done": 0, "current": "",
        }  # fmt: skip
        self._write()

    def file(self, name: str) -> None:
        self.fields["current"] = name
        self._now_and_then()

    def add(self, count: int) -> None:
        self.fields["bytes_done"] = int(self.fields["bytes_done"]) + count
        self._now_and_then()

    def back(self, count: int) -> None:
        self.fields["bytes_done"] = int(self.fields["bytes_done"]) - count

    def done(self) -> None:
        self.fields["files_done"] = int(self.fields["files_done"]) + 1
        if self.fields["files_done"] == self.fields["files_total"]:
            self._write()  # else the screen would say 已收完 beside a bar that is not full
        self._now_and_then()

    def _now_and_then(self) -> None:
        if time.monotonic() - self._written >= self.every:
            self._write()
            self.meanwhile()

    def _write(self) -> None:
        with self.catalog.writing() as db:
            drops.tell(db, self.drop, self.fields)
        self._written = time.monotonic()
