"""The next piece of a file is read while the last one is hashed and written: a stick is never kept waiting."""

from __future__ import annotations

import io
import queue
import threading
from typing import TYPE_CHECKING

from appliance.errors import SourceGone
from appliance.store.files import CHUNK

if TYPE_CHECKING:
    from appliance.intake.take import Source

LEAST = 4 * CHUNK  # a smaller file is read before a thread has begun
_PIECES = 3
_LOOK_SECONDS = 0.2


class ReadAhead(io.RawIOBase):
    """Give up by `close`, which waits for the read under way. What goes wrong with the drop is raised where it is
    read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.pieces: queue.Queue[memoryview | SourceGone] = queue.Queue(_PIECES)
        self.piece, self.ended = memoryview(b""), False
        self.thread: threading.Thread | None = None
        self.stop = threading.Event()

    def readable(self) -> bool:
        return True

    def seek(self, at: int, whence: int = 0) -> int:
        """Before the first read only."""
        assert self.thread is None
        return self.source.seek(at, whence)

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def,override]
        if self.thread is None:
            self.thread = threading.Thread(target=self._read, name="ahead", daemon=True)
            self.thread.start()
        if not self.piece and not self.ended:
            item = self.pieces.get()
            if isinstance(item, SourceGone):
                self.ended = True
                raise item
            self.piece, self.ended = item, not item
        count = min(len(buffer), len(self.piece))
        buffer[:count], self.piece = self.piece[:count], self.piece[count:]
        return count

    def _read(self) -> None:
        item: memoryview | SourceGone = memoryview(b" ")
        while item and not self.stop.is_set():
            room = memoryview(bytearray(CHUNK))
            try:
                item = room[: self.source.readinto(room)]
            except SourceGone as error:
                item = error
            while not self.stop.is_set():
                try:
                    self.pieces.put(item, timeout=_LOOK_SECONDS)
                    break
                except queue.Full:
                    continue
            if isinstance(item, SourceGone):
                return

    def close(self) -> None:
        self.stop.set()
        if self.thread is not None:
            self.thread.join()
            self.thread = None
        super().close()
