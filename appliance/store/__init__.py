"""Bytes, written once and never changed, known by their SHA-256.

1. `put` copies a stream in one pass: hash, fsync, rename, fsync of the folder.
2. It reads the result back with the page cache dropped; only then is a `Blob` returned.
3. A blob that is there already is read back too, and replaced when it has rotted.
4. A large file that was cut off goes on where it was (`partial`).
On a crash at any moment the store holds whole blobs, and at worst a temporary that `sweep` removes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from appliance import failpoint
from appliance.errors import StorageFull, StorageLies
from appliance.model import Blob
from appliance.store.files import CHUNK, drop_cache, sync_folder
from appliance.store.partial import PIECE, Partial, Peek, ended, forget

Progress = Callable[[int], None]
"""Called with the number of bytes just copied."""


class Store:
    def __init__(self, root: Path, reserve: int = 0) -> None:
        """`reserve`: bytes that are kept free for the catalog and the system (F6)."""
        self.root = root
        self.incoming = root / "incoming"
        self.reserve = reserve

    def prepare(self) -> None:
        self.incoming.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def room(self) -> int:
        """Bytes that may still be taken in."""
        fs = os.statvfs(self.root)
        return fs.f_bavail * fs.f_frsize - self.reserve

    def require_room(self, size: int) -> None:
        """Raises `StorageFull` before a copy begins that could not end."""
        if size > (room := self.room()):
            raise StorageFull(f"存储空间不足，还差 {(size - room) / 1e9:.1f} GB")

    def put(self, source: BinaryIO, progress: Progress = lambda n: None) -> Blob:
        """Copies `source` to its end. Raises `OSError` from reading as it comes, `StorageFull`, `StorageLies`."""
        self.prepare()
        temporary = self.incoming / f"{os.getpid()}-{os.urandom(6).hex()}"
        try:
            with _no_room_told(source):
                with temporary.open("xb", buffering=0) as out:
                    os.fchmod(out.fileno(), 0o440)
                    fcntl.flock(out, fcntl.LOCK_EX)
                    digest, size = _write(out, source, progress, hashlib.sha256(), 0, lambda size, digest: None)
                return self._adopt(temporary, digest, size)
        finally:
            temporary.unlink(missing_ok=True)

    def put_on(self, source: BinaryIO, partial: Partial, progress: Progress) -> Blob:
        """As `put`, from where `partial` was cut off; what is copied is kept when it is cut off again. `source` can
        be sought."""
        self.prepare()
        if (sha256 := partial.ended(self.path)) and self.verify(sha256):
            progress(partial.at)
            return Blob(sha256, partial.at, fresh=False)
        out = partial.open()
        if out is None:
            return self.put(source, progress)
        with _no_room_told(source), out:
            digest = partial.begin(out)
            source.seek(partial.at)
            progress(partial.at)
            digest, size = _write(out, source, progress, digest, partial.at, partial.wrote)
            blob = self._adopt(partial.path, digest, size)
            partial.end(digest)
        return blob

    def partial(self, key: str, peek: Peek = lambda at, count: b"") -> Partial:
        return Partial(self.root / "partial", key, peek)

    def forget_partials(self, older_than: float = float("inf"), spare: frozenset[str] = frozenset()) -> int:
        """Bytes that became free."""
        return forget(self.root / "partial", older_than, spare)

    def _adopt(self, temporary: Path, digest: str, size: int) -> Blob:
        final = self.path(digest)
        if final.exists() and self.verify(digest):
            return Blob(digest, size, fresh=False)
        new_folder = not final.parent.exists()
        final.parent.mkdir(exist_ok=True)
        if new_folder:
            sync_folder(self.root)
        os.replace(temporary, final)
        failpoint.reached("store.renamed")
        sync_folder(final.parent)
        failpoint.reached("store.folder-synced")
        if not self.verify(digest):
            final.unlink(missing_ok=True)
            raise StorageLies()
        failpoint.reached("store.read-back")
        return Blob(digest, size, fresh=True)

    def verify(self, sha256: str) -> bool:
        """Reads the blob from the medium, not from memory, and compares. False when missing or different."""
        try:
            with self.path(sha256).open("rb") as file:
                drop_cache(file.fileno())
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def blobs(self) -> Iterator[str]:
        for folder in sorted(self.root.iterdir()):
            if len(folder.name) == 2:
                yield from sorted(path.name for path in folder.iterdir())

    def ended_partials(self) -> set[str]:
        """Blobs that wait for the stick which they came from."""
        return ended(self.root / "partial")

    def remove(self, sha256: str) -> None:
        """Only for bytes that no row of the catalog speaks of."""
        self.path(sha256).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Removes what a power cut left half written; returns how many. What a living process writes stays: a
        technician may take in a folder by hand while the watcher starts."""
        found = list(self.incoming.iterdir()) if self.incoming.is_dir() else []
        leftovers = [path for path in found if not _being_written(path)]
        for path in leftovers:
            path.unlink()
        return len(leftovers)


_NO_ROOM = {28, 122}  # ENOSPC, EDQUOT


def _being_written(temporary: Path) -> bool:
    """The writer's lock ends with the writer, however that ends."""
    with temporary.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def _no_room_told(source: BinaryIO) -> Iterator[None]:
    """What the store's own file system says of its room."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM and error.filename != getattr(source, "name", object()):
            raise StorageFull() from error
        raise


def _write(
    out: BinaryIO, source: BinaryIO, progress: Progress, digest: Any, size: int, wrote: Callable[[int, Any], None]
) -> tuple[str, int]:
    """Copies to the end and syncs. `digest`, `size`: of what is there already. Reads never cross a piece of the
    ledger, so `wrote` sees each of its ends."""
    buffer = memoryview(bytearray(CHUNK))
    while count := source.readinto(buffer[: PIECE - size % PIECE]):  # type: ignore[attr-defined]
        chunk = buffer[:count]
        digest.update(chunk)
        written = 0
        while written < count:
            written += out.write(chunk[written:])
        size += count
        wrote(size, digest)
        progress(count)
    failpoint.reached("store.written")
    os.fsync(out.fileno())
    failpoint.reached("store.synced")
    return digest.hexdigest(), size
