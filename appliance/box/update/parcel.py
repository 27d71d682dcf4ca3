"""The frame of an update file, read and written as a stream."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from appliance.box.update import manifest, signing
from appliance.box.update.manifest import Manifest, Part
from appliance.errors import SourceGone, UpdateRefused
from appliance.store.files import replacing

SUFFIX = ".lessonbox-update"
_MAGIC = b"LESSONBOX-UPDATE 1\n"
_LENGTHS = re.compile(rb"(\d{8}) (\d{8})\n")
_CHUNK = 4 << 20


@dataclass(frozen=True)
class Opened:
    """A file whose manifest is signed by a key of ours and whose length is right; its parts are not read yet."""

    file: BinaryIO
    manifest: Manifest
    digest: str  # of the manifest: names this very update
    key: str
    start: int

    def chunks(self, part: Part) -> Iterator[bytes]:
        """The bytes of a part. Raises `UpdateRefused` (TRUNCATED, CHANGED) amid or behind them, `SourceGone`."""
        at, left, digest = self._offset(part), part.size, hashlib.sha256()
        with _from_a_stick():
            self.file.seek(at)
        while left:
            with _from_a_stick():
                data = self.file.read(min(_CHUNK, left))
            if not data:
                raise UpdateRefused("更新文件不完整", code="TRUNCATED")
            left -= len(data)
            digest.update(data)
            yield data
        if digest.hexdigest() != part.sha256:
            raise UpdateRefused(f"更新文件的 {part.name} 被改过，或拷坏了", code="CHANGED")

    def _offset(self, part: Part) -> int:
        before = self.manifest.parts[: self.manifest.parts.index(part)]
        return self.start + sum(one.size for one in before)


@contextmanager
def opened(path: Path, trusted: list[Ed25519PublicKey]) -> Iterator[Opened]:
    """Raises `UpdateRefused` (FORMAT, SIGNATURE, TRUNCATED), `SourceGone`."""
    with _from_a_stick():
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(fd, "rb") as file:
        with _from_a_stick():
            size = os.fstat(file.fileno()).st_size
            head = file.read(len(_MAGIC) + 18)
        lengths = _LENGTHS.fullmatch(head.removeprefix(_MAGIC)) if head.startswith(_MAGIC) else None
        if lengths is None:
            raise UpdateRefused("这不是课匣的更新文件", code="FORMAT")
        first, second = int(lengths[1]), int(lengths[2])
        if first > manifest.LARGEST or second > signing.LARGEST:
            raise UpdateRefused("更新文件的开头不合规定", code="FORMAT")
        with _from_a_stick():
            told, signatures = file.read(first), file.read(second)
        key = signing.require(told, signatures, trusted)  # before anything that it says is believed
        found = manifest.read(told)
        start = len(head) + first + second
        if size != start + found.total:
            raise UpdateRefused("更新文件不完整，或后面多了东西", code="TRUNCATED")
        yield Opened(file, found, hashlib.sha256(told).hexdigest(), key, start)


def make(out: Path, told: Manifest, sources: Mapping[str, Path], keys: list[Ed25519PrivateKey]) -> None:
    """Writes an update file of `told.parts`, whose bytes lie in `sources`."""
    data = manifest.written(told)
    manifest.read(data)
    signatures = signing.sign(data, keys)
    with replacing(out, 0o644) as file:
        file.write(_MAGIC + b"%08d %08d\n" % (len(data), len(signatures)) + data + signatures)
        for part in told.parts:
            with sources[part.name].open("rb") as source:
                while chunk := source.read(_CHUNK):
                    file.write(chunk)


def part_of(name: str, path: Path) -> Part:
    with path.open("rb") as file:
        return Part(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


@contextmanager
def _from_a_stick() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SourceGone("更新文件读不到了", effect="没有换上新的，盒子照旧", remedy="请重新插入 U 盘再试") from error
