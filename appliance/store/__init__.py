"""Bytes, written once and never changed, known by their SHA-256.

1. `put` copies a stream in one pass: hash, fsync, rename, fsync of the folder.
2. It reads the result back with the page cache dropped; only then is a `Blob` returned.
3. A blob that is there already is read back too, and replaced when it has rotted.
4. A large file that was cut off goes on where it was (`partial`).
On a crash at any moment the store holds whole blobs, and at worst a temporary that `sweep` removes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from appliance import failpoint
from appliance.errors import StorageFull, StorageLies
from appliance.model import Blob
from appliance.store.files import drop_cache, sync_folder
from appliance.store.partial import Partial, Peek, ended, forget
from appliance.store.writing import Progress, Written, begun, being_written, copy, no_room_told


class Store:
    def __init__(self, root: Path, reserve: int = 0, beside: Path | None = None) -> None:
        """`reserve`: bytes that are kept free for the catalog and the system (F6). `beside`: where another part, that
        may not write here, puts what it takes in by itself; it is read as a part of this one."""
        self.root = root
        self.roots = (root, beside) if beside else (root,)
        self.incoming = root / "incoming"
        self.reserve = reserve

    def prepare(self) -> None:
        self.incoming.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where it lies, or would lie."""
        places = [root / sha256[:2] / sha256 for root in self.roots]
        return next((place for place in places if place.is_file()), places[0])

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
        return self.finish(self.write(source, progress))

    def put_on(self, source: BinaryIO, partial: Partial, progress: Progress) -> Blob:
        """As `put`, from where `partial` was cut off; what is copied is kept when it is cut off again. `source` can
        be sought."""
        return self.finish(self.write(source, progress, partial))

    def write(self, source: BinaryIO, progress: Progress, partial: Partial | None = None) -> Written:
        """The first half of `put`: the bytes are copied, and nothing is safe. `finish` or `drop` it; that may be done
        by another thread, while the next file is read."""
        self.prepare()
        if partial and (sha256 := partial.ended(self.path)) and self.verify(sha256):
            progress(partial.at)
            return Written(blob=Blob(sha256, partial.at, fresh=False))
        out = partial.open() if partial else None
        kept = partial if out else None
        path = kept.path if kept else self.incoming / f"{os.getpid()}-{os.urandom(6).hex()}"
        written = Written(path, out or begun(path), kept)
        try:
            with no_room_told(source):
                copy(written, source, progress)
        except BaseException:
            self.drop(written, kept is not None)
            raise
        return written

    def finish(self, written: Written) -> Blob:
        """The second half: fsync, rename, read back. Raises `StorageFull`, `StorageLies`."""
        if written.blob:
            return written.blob
        try:
            with no_room_told():
                os.fsync(written.out.fileno())
                failpoint.reached("store.synced")
                blob = self._adopt(written.path, written.digest.hexdigest(), written.size)
            if written.kept:
                written.kept.end(blob.sha256)
            return blob
        finally:
            self.drop(written, written.kept is not None)

    def drop(self, written: Written, keep: bool = False) -> None:
        """What is not to be stored after all; `keep`: for the stick that comes again."""
        if written.blob is None:
            written.out.close()
            if not keep:
                written.path.unlink(missing_ok=True)

    def partial(self, key: str, peek: Peek = lambda at, count: b"") -> Partial:
        return Partial(self.root / "partial", key, peek)

    def forget_partials(self, older_than: float = float("inf"), spare: frozenset[str] = frozenset()) -> int:
        """Bytes that became free."""
        return forget(self.root / "partial", older_than, spare)

    def _adopt(self, temporary: Path, digest: str, size: int) -> Blob:
        final = self.root / digest[:2] / digest
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
        folders = [folder for root in self.roots if root.is_dir() for folder in sorted(root.iterdir())]
        for folder in folders:
            if len(folder.name) == 2:
                yield from sorted(path.name for path in folder.iterdir())

    def ended_partials(self) -> set[str]:
        """Blobs that wait for the stick which they came from."""
        return ended(self.root / "partial")

    def remove(self, sha256: str) -> None:
        """Only for bytes that no row of the catalog speaks of."""
        for root in self.roots:
            (root / sha256[:2] / sha256).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Removes what a power cut left half written; returns how many. What a living process writes stays: a
        technician may take in a folder by hand while the watcher starts."""
        places = [root / "incoming" for root in self.roots]
        found = [path for place in places if place.is_dir() for path in place.iterdir()]
        leftovers = [path for path in found if not being_written(path)]
        for path in leftovers:
            path.unlink()
        return len(leftovers)
