"""Contents on a backup disk: in pieces, each encrypted, written once, under a name that tells nothing.

A content is known by its SHA-256; its piece number n is called `keys.named(sha256, n)`. So the same content, wherever
it lies on the box, is on the disk once, and whether it is there is asked without reading it. The file holds a nonce by
chance (12 bytes) and ChaCha20-Poly1305 over the piece, with the piece's own key, bound to its name.

`Writing` gives a piece its name only after it was synced and read back from the medium, and after the whole content
had the hash that it should have. Cut off anywhere, the disk holds whole pieces, and some `.new` that are swept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from appliance import failpoint
from appliance.backup import fat
from appliance.backup.recovery import Keys
from appliance.errors import BackupDisk, StorageLies
from appliance.store.files import drop_cache

SIZE = 8 << 20
OVERHEAD = 28  # nonce and tag
_NONCE = 12
_DIRTY = 32 << 20  # bytes that wait for the medium together
_SMALL_ONES = 256  # files that are finished together


class Pieces:
    def __init__(self, root: Path, keys: Keys) -> None:
        self.root, self.keys = root / "pieces", keys

    def path(self, name: str) -> Path:
        return self.root / name[:2] / name

    def names(self, sha256: str, size: int) -> list[str]:
        return [self.keys.named(bytes.fromhex(sha256), b"%d" % number) for number in range(count(size))]

    def has(self, sha256: str, size: int) -> bool:
        """All of them, each as long as it must be. What they hold is `recheck`'s to say."""
        return all(
            _length(self.path(name)) == long for name, long in zip(self.names(sha256, size), lengths(size), strict=True)
        )

    def read(self, sha256: str, size: int) -> Iterator[bytes]:
        """The content, piece after piece, from the medium. Raises `BackupDisk` when it is not what it was."""
        digest = hashlib.sha256()
        for name in self.names(sha256, size):
            piece = self.opened(name)
            if piece is None:
                raise BackupDisk(f"备份盘上有一段坏了或不见了（{name[:8]}）", remedy="请用另一份备份，或另一块备份盘")
            digest.update(piece)
            yield piece
        if digest.hexdigest() != sha256:
            raise BackupDisk("备份盘上的内容和当时的不一样", remedy="请用另一份备份，或另一块备份盘")

    def opened(self, name: str) -> bytes | None:
        """What a piece holds; None when it is missing, spoiled, or sealed by other keys."""
        try:
            with self.path(name).open("rb", buffering=0) as file:
                drop_cache(file.fileno())
                return unsealed(self.keys, name, file.read())
        except OSError:
            return None

    def all(self) -> Iterator[Path]:
        """Also what is none of ours. Raises `OSError` when a folder cannot be listed: then nothing may be swept."""
        for folder in sorted(self.root.iterdir()) if self.root.is_dir() else []:
            yield from sorted(folder.iterdir())


class Writing:
    """Contents on their way to the disk. `with Writing(pieces) as out: out.add(source, sha256, size)`."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.wet: list[tuple[Path, bytes]] = []  # not yet known to be on the medium, and what it must give back
        self.ready: list[Path] = []  # on the medium, whole contents, not yet named
        self.under_way: set[str] = set()  # contents without their names yet
        self.bytes = 0

    def __enter__(self) -> Writing:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.settle()

    def add(self, source: BinaryIO, sha256: str, size: int) -> bool:
        """False when the source has other bytes by now than its hash says; then nothing of it is kept."""
        if sha256 in self.under_way:
            return True
        digest, mine = hashlib.sha256(), []
        for name in self.pieces.names(sha256, size):
            piece = source.read(SIZE)
            digest.update(piece)
            mine.append(self._write(name, piece))
            if sum(len(data) for _, data in self.wet) >= _DIRTY:
                self._dry()
        if digest.hexdigest() != sha256 or source.read(1):
            self._drop(mine)
            return False
        self.ready += mine
        self.under_way.add(sha256)
        if len(self.ready) >= _SMALL_ONES or size > SIZE:
            self.settle()
        return True

    def settle(self) -> None:
        """Everything that was added is on the medium and has its name."""
        self._dry()
        for path in self.ready:
            os.replace(path, path.with_suffix(""))
        failpoint.reached("backup.pieces-named")
        for folder in {path.parent for path in self.ready}:
            fat.sync_folder(folder)
        self.ready = []
        self.under_way.clear()

    def _write(self, name: str, piece: bytes) -> Path:
        path = self.pieces.path(name).with_suffix(".new")
        path.parent.mkdir(exist_ok=True)  # no parents: where a pulled disk was, nothing is laid
        data = sealed(self.pieces.keys, name, piece)
        with path.open("wb", buffering=0) as out:
            fat.write_all(out, data)
        self.wet.append((path, data))
        self.bytes += len(data)
        return path

    def _dry(self) -> None:
        for path, _ in self.wet:
            fat.sync(path)
        failpoint.reached("backup.pieces-synced")
        for path, data in self.wet:
            if not fat.same(path, data):
                raise StorageLies(
                    "备份盘写入后读回的内容不一致", effect="这次没有备份成，以前的备份还在", remedy="请换一块备份盘"
                )
        failpoint.reached("backup.pieces-read-back")
        self.wet = []

    def _drop(self, mine: list[Path]) -> None:
        self.wet = [one for one in self.wet if one[0] not in mine]
        for path in mine:
            path.unlink(missing_ok=True)


def count(size: int) -> int:
    return -(-size // SIZE) or 1  # an empty file is one empty piece


def lengths(size: int) -> list[int]:
    return [min(SIZE, size - at * SIZE) + OVERHEAD for at in range(count(size))]


def sealed(keys: Keys, name: str, data: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(keys.sealing(name)).encrypt(nonce, data, name.encode())


def unsealed(keys: Keys, name: str, data: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(keys.sealing(name)).decrypt(data[:_NONCE], data[_NONCE:], name.encode())
    except (InvalidTag, ValueError):
        return None


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
