"""Bytes, written once and never changed, known by their SHA-256.

1. `put` copies a stream in one pass: hash, fsync, rename, fsync of the folder.
2. It reads the result back with the page cache dropped; only then is a `Blob` returned.
3. A blob that is there already is read back too, and replaced when it has rotted.
On a crash at any moment the store holds whole blobs, and at worst a temporary that `sweep` removes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from appliance import failpoint
from appliance.errors import StorageFull, StorageLies
from appliance.model import Blob
from appliance.store.files import CHUNK, drop_cache, sync_folder

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
            digest, size = _write(temporary, source, progress)
            blob = self._adopt(temporary, digest, size)
        except OSError as error:
            if error.errno in _NO_ROOM and error.filename != getattr(source, "name", object()):
                raise StorageFull() from error
            raise
        finally:
            temporary.unlink(missing_ok=True)
        return blob

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


def _write(path: Path, source: BinaryIO, progress: Progress) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("xb", buffering=0) as out:
        os.fchmod(out.fileno(), 0o440)
        fcntl.flock(out, fcntl.LOCK_EX)
        buffer = memoryview(bytearray(CHUNK))
        while count := source.readinto(buffer):  # type: ignore[attr-defined]
            chunk = buffer[:count]
            digest.update(chunk)
            written = 0
            while written < count:
                written += out.write(chunk[written:])
            size += count
            progress(count)
        failpoint.reached("store.written")
        os.fsync(out.fileno())
        failpoint.reached("store.synced")
    return digest.hexdigest(), size
