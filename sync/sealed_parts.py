"""A bundle as age-encrypted parts below 4 GiB (FAT32), and back.

Back: every part's hash first, then decryption into a temporary that counts only when it is whole (a flipped byte
is noticed at its own block, plaintext before it is out already), then regular files with names of the profile.
"""

from __future__ import annotations

import hashlib
import os
import re
import tarfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from sync import bag, copying, profile
from sync.profile import Violation

PART = 4_000_000_000  # bytes; FAT32 ends at 4 GiB - 1
_PART_NAME = re.compile(r"part-[0-9]{3}\.age\Z")


class Damaged(ValueError):
    """Not whole, not for this key, or not a bundle."""


def put(path: Path, data: bytes) -> None:
    """Whole or absent, on file systems without modes too."""
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def write(bundle: Path, target: Path, recipients: Sequence[Any], part: int = PART) -> list[dict[str, Any]]:
    """[{name, size, sha256}] of the parts written to `target`."""
    reading, writing = os.pipe()
    packer = threading.Thread(target=_pack, args=(bundle, writing))
    packer.start()
    out = _Parts(target, part)
    with os.fdopen(reading, "rb") as plain:
        pyrage.encrypt_io(plain, out, list(recipients))
    packer.join()
    return out.finish()


def _pack(bundle: Path, fd: int) -> None:
    with os.fdopen(fd, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(bundle.rglob("*")):
            if path.is_file():
                tar.add(path, str(path.relative_to(bundle)), recursive=False, filter=_plain)


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o640
    return info


def read(folder: Path, parts: Sequence[tuple[str, int, str]], target: Path, identity: Any) -> None:
    """Fills `target`. `parts`: (name, size, SHA-256). Raises `Damaged`; then `target` is to be thrown away."""
    for name, size, wanted in parts:
        try:
            good = _PART_NAME.match(name) and bag.file_digest(folder / name, size) == wanted
        except (OSError, Violation) as error:
            raise Damaged(name) from error
        if not good:
            raise Damaged(name)
    plain = target / ".plain"
    try:
        with plain.open("xb") as out:
            pyrage.decrypt_io(_Joined([folder / name for name, _, _ in parts]), out, [identity])
            out.flush()
            os.fsync(out.fileno())
        with tarfile.open(plain, mode="r:") as tar:
            _unpack(tar, target)
    except (pyrage.DecryptError, tarfile.TarError, Violation, OSError) as error:
        raise Damaged(str(error)) from error
    plain.unlink()
    copying.sync_tree(target)


def _unpack(tar: tarfile.TarFile, target: Path) -> None:
    for count, member in enumerate(tar, 1):
        fits = member.isreg() and profile.name_problem(member.name) is None and member.size <= profile.LARGEST_FILE
        source = tar.extractfile(member) if fits else None
        if source is None or count > profile.MOST_FILES:
            raise Damaged(member.name)
        path = target / member.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as out:
            while chunk := source.read(bag.CHUNK):
                out.write(chunk)
            out.flush()
            os.utime(out.fileno(), (member.mtime, member.mtime))
            os.fsync(out.fileno())


class _Parts:
    """A stream for writing that begins a new file when one is full."""

    def __init__(self, folder: Path, part: int) -> None:
        self.folder, self.part = folder, part
        self.file: BinaryIO | None = None
        self.rows: list[dict[str, Any]] = []
        self.size, self.sha = 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        while rest:
            if self.file is None:
                self.file = (self.folder / f"part-{len(self.rows) + 1:03d}.age").open("xb")
            piece = rest[: self.part - self.size]
            self.file.write(piece)
            self.sha.update(piece)
            self.size += len(piece)
            rest = rest[len(piece) :]
            if self.size == self.part:
                self._close()
        return len(data)

    def flush(self) -> None:
        if self.file is not None:
            self.file.flush()

    def finish(self) -> list[dict[str, Any]]:
        if self.file is not None:
            self._close()
        return self.rows

    def _close(self) -> None:
        assert self.file is not None
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        name = Path(self.file.name).name
        self.rows.append({"name": name, "size": self.size, "sha256": self.sha.hexdigest()})
        self.file, self.size, self.sha = None, 0, hashlib.sha256()


class _Joined:
    """The parts as one stream for reading."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = list(paths)
        self.file: BinaryIO | None = None

    def read(self, count: int = -1) -> bytes:
        while True:
            if self.file is None:
                if not self.paths:
                    return b""
                self.file = self.paths.pop(0).open("rb")
            data = self.file.read(count)
            if data:
                return data
            self.file.close()
            self.file = None
