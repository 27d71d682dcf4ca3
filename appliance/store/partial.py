"""What is there of a parcel whose copy was cut off, so that the same stick goes on where it was (F1, F2).

`partial/<key>` holds the bytes of the file amid which it was, `<key>.sums` their ledger: after each PIECE the SHA-256
of everything up to there. `<key>.whole` names the blob of a file that was ended before. Nothing here is synced: what a
power cut tore no longer fits its line, and is copied again. The bytes on the stick are compared at the start, at the
end and at places that nobody can foresee; one that differs, and it begins from 0.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from appliance.store.files import CHUNK

PIECE = 16 << 20
LEAST = 8 << 20  # a smaller file is sooner copied again than compared
_SAMPLES, _SAMPLE = 16, 1 << 16  # places, bytes at each

Peek = Callable[[int, int], bytes]
"""(offset, count) → those bytes of the file on the drop."""


class Partial:
    """`key`: path, size and time of the file on its drop, hashed. After `begin`: `at` bytes are kept; `differed`
    tells that bytes were there and the drop has others now. One process at a time holds it."""

    def __init__(self, root: Path, key: str, peek: Peek) -> None:
        self.path, self.sums, self.whole = root / key, root / f"{key}.sums", root / f"{key}.whole"
        self.peek = peek
        self.at, self.differed = 0, False

    def there(self, size: int = 0) -> int:
        """Bytes that need no room any more; `size`: of the whole file."""
        if self.whole.is_file():
            return size
        return self.path.stat().st_size if self.path.is_file() else 0

    def ended(self, place: Callable[[str], Path]) -> str:
        """The SHA-256 under which the whole file lies in the store, when it is still that file; else "".
        `place`: of a blob. Whether the blob is whole is the store's to say."""
        try:
            sha256 = self.whole.read_text()
            with place(sha256).open("rb") as blob:
                self.at = os.fstat(blob.fileno()).st_size
                self.differed = not self._same_on_drop(blob)
        except (FileNotFoundError, UnicodeDecodeError):
            return ""
        if self.differed:
            self.at = 0
        return "" if self.differed else sha256

    def open(self) -> BinaryIO | None:
        """Locked, to go on; None while another copies the same file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        out = self.path.open("r+b" if self.path.exists() else "x+b", buffering=0)
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            out.close()
            return None
        os.fchmod(out.fileno(), 0o440)
        return out  # type: ignore[return-value]

    def begin(self, out: BinaryIO) -> Any:
        """The SHA-256 of what is kept; `out` stands behind it, cut there."""
        self.at = 0
        digest = self._proven(out)
        if self.at and not self._same_on_drop(out):
            self.at, self.differed, digest = 0, True, hashlib.sha256()
        out.seek(self.at)
        out.truncate(self.at)
        lines = self._lines()[: self.at // PIECE]
        self.sums.write_text("".join(f"{line}\n" for line in lines))
        return digest

    def _proven(self, out: BinaryIO) -> Any:
        """Reads what is there, piece by piece, as far as the ledger agrees."""
        digest, buffer = hashlib.sha256(), memoryview(bytearray(CHUNK))
        out.seek(0)
        for line in self._lines():
            further = digest.copy()
            for _ in range(PIECE // CHUNK):
                further.update(buffer[: out.readinto(buffer)])  # type: ignore[attr-defined]
            if further.hexdigest() != line:
                break
            self.at, digest = self.at + PIECE, further
        return digest

    def _same_on_drop(self, out: BinaryIO) -> bool:
        last = self.at - _SAMPLE
        places = [0, last, *(secrets.randbelow(last) for _ in range(_SAMPLES - 2))]
        return all(os.pread(out.fileno(), _SAMPLE, place) == self.peek(place, _SAMPLE) for place in sorted(places))

    def _lines(self) -> list[str]:
        try:
            return self.sums.read_text().split("\n")[:-1]
        except (FileNotFoundError, UnicodeDecodeError):
            return []

    def wrote(self, size: int, digest: Any) -> None:
        """Called after each write; `size`: bytes so far."""
        if size % PIECE == 0:
            with self.sums.open("a") as ledger:
                ledger.write(digest.hexdigest() + "\n")

    def end(self, sha256: str) -> None:
        """The bytes are in the store; the parcel is not received yet."""
        self.done()
        self.whole.write_text(sha256)

    def done(self) -> None:
        """The parcel is received, or nobody will go on with it."""
        for path in (self.path, self.sums, self.whole):
            path.unlink(missing_ok=True)


def forget(root: Path, older_than: float = float("inf"), spare: frozenset[str] = frozenset()) -> int:
    """Gives up what nobody copies now and was last written before `older_than` (seconds since 1970), except the keys
    to `spare`; returns how many bytes became free. Nobody was told that they were received."""
    freed = 0
    keys = {path.stem for path in root.glob("*") if path.stat().st_mtime < older_than} if root.is_dir() else set()
    for key in sorted(keys - spare):
        one = Partial(root, key, lambda at, count: b"")
        size = one.there()
        if (out := one.open()) is not None:
            out.close()
            one.done()
            freed += size
    return freed


def ended(root: Path) -> set[str]:
    """Blobs of parcels that were cut off and may come again: in the store, in no delivery."""
    return {path.read_text(errors="replace") for path in root.glob("*.whole")}
