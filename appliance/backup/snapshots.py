"""A snapshot: one small sealed file that lists a run. Its list of files is itself a content in pieces.

`snapshots/0000042-20241124T030000.snapshot`: the number gives the order, the time is for people. Sealed as pieces are,
bound to its name: none can be swapped for another, or changed.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from appliance import failpoint
from appliance.backup import fat
from appliance.backup.pieces import Pieces, sealed, unsealed
from appliance.backup.recovery import Keys
from appliance.backup.what import File
from appliance.errors import BackupDisk, StorageLies

_NAME = re.compile(r"(\d{7})-(\d{8}T\d{6})\.snapshot")
_LINES = 1 << 16  # bytes that are unpacked at a time


@dataclass(frozen=True)
class Snapshot:
    """`catalog`, `files_list`: (SHA-256, bytes). `entries`: of the catalog's journal. `damaged`: files of the box that
    could not be taken along. `bytes`: of all files that it lists."""

    number: int
    made_at: str
    clock: str
    box: str
    station: str
    catalog: tuple[str, int]
    files_list: tuple[str, int]
    entries: int
    deliveries: int
    lessons: int
    files: int
    bytes: int
    damaged: int = 0

    @property
    def name(self) -> str:
        return f"{self.number:07d}-{re.sub('[^0-9T]', '', self.made_at[:19])}.snapshot"

    @property
    def day(self) -> dt.date:
        return dt.date.fromisoformat(self.made_at[:10])


def names(box: Path) -> dict[int, str]:
    """Number → file, by what lies there; nothing is opened."""
    folder = box / "snapshots"
    found = (_NAME.fullmatch(one.name) for one in (folder.iterdir() if folder.is_dir() else []))
    return {int(name[1]): name[0] for name in sorted(filter(None, found), key=lambda name: name[0])}


def write(box: Path, keys: Keys, snapshot: Snapshot) -> None:
    """From here on there is one backup more. Raises `StorageLies`."""
    (box / "snapshots").mkdir(exist_ok=True)
    failpoint.reached("backup.before-snapshot")
    data = json.dumps(asdict(snapshot), ensure_ascii=False).encode()
    if not fat.put(box / "snapshots" / snapshot.name, sealed(keys, snapshot.name, data)):
        raise StorageLies(
            "备份盘写入后读回的内容不一致", effect="这次没有备份成，以前的备份还在", remedy="请换一块备份盘"
        )
    failpoint.reached("backup.snapshot-written")


def read(box: Path, keys: Keys, name: str) -> Snapshot | None:
    """None when it is spoiled, or was sealed by other keys."""
    try:
        opened = unsealed(keys, name, (box / "snapshots" / name).read_bytes())
        told: dict[str, Any] = json.loads(opened) if opened is not None else {}
        return Snapshot(**told | {"catalog": tuple(told["catalog"]), "files_list": tuple(told["files_list"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def all(box: Path, keys: Keys) -> list[Snapshot]:
    """Those that can be read, newest first."""
    found = (read(box, keys, name) for _, name in sorted(names(box).items(), reverse=True))
    return [one for one in found if one is not None]


def pick(box: Path, keys: Keys, number: int = 0) -> Snapshot:
    """This one, or the newest that can be read. Raises `BackupDisk`."""
    found = next((one for one in all(box, keys) if number in (0, one.number)), None)
    if found is None:
        raise BackupDisk("这块备份盘上没有能用的备份", remedy="请换另一块备份盘")
    return found


def write_list(out: BinaryIO, files: Iterable[File]) -> None:
    """A line a file, packed."""
    packer = zlib.compressobj(1)
    for file in files:
        out.write(packer.compress(json.dumps([*file.stamp, file.sha256]).encode() + b"\n"))
    out.write(packer.flush())


def read_list(pieces: Pieces, snapshot: Snapshot) -> Iterator[File]:
    """The files of a snapshot. Raises `BackupDisk`."""
    unpacker, rest = zlib.decompressobj(), b""
    for piece in pieces.read(*snapshot.files_list):
        while piece:
            *lines, rest = (rest + unpacker.decompress(piece, _LINES)).split(b"\n")
            piece = unpacker.unconsumed_tail
            for line in lines:
                yield File(*json.loads(line))
