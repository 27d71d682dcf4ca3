"""What the mounter tells the watcher about a stick: a small file beside the place where it is mounted.

`<root>/sda1` is the mount, `<root>/sda1.json` the note. A stick that could not be mounted has only a note, with the
reason, so that the clerk is told something instead of nothing.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from appliance.store.files import replacing

SUFFIX = ".json"


@dataclass(frozen=True)
class Note:
    """`name`: what a person knows the stick by. `size` in bytes. `twin`: 0, or which of several that look the same
    and are plugged in together. `problem`: why it is not mounted, "" when it is."""

    device: str  # the kernel's name: sdb1
    kind: str  # of file system, in the words of blkid; "" when it has none
    uuid: str
    serial: str  # of the stick's hardware
    size: int
    name: str
    twin: int = 0
    problem: str = ""

    @property
    def identity(self) -> str:
        """Stays the same in another socket and after a restart; clones that are here together differ (F12)."""
        twin = f":{self.twin}" if self.twin else ""
        return f"stick:{self.uuid or '-'}:{self.serial or '-'}:{self.size}{twin}"


def write(root: Path, note: Note) -> Note:
    """The note as it was written: told apart from those that are there and look the same."""
    with _alone(root):
        others = [one for device, one in read(root).items() if device != note.device]
        same = [one.twin for one in others if replace(one, twin=0).identity == replace(note, twin=0).identity]
        free = next(number for number in range(len(same) + 1) if number not in same)
        return write_again(root, replace(note, twin=free))


def write_again(root: Path, note: Note) -> Note:
    with replacing(path(root, note.device), 0o644) as out:
        out.write(json.dumps(asdict(note), ensure_ascii=False).encode())
    return note


def read(root: Path) -> dict[str, Note]:
    """By device, in order. A note that cannot be read is none."""
    found = {}
    for file in sorted(root.glob(f"*{SUFFIX}")) if root.is_dir() else []:
        try:
            note = Note(**json.loads(file.read_bytes()))
        except (OSError, ValueError, TypeError):
            continue  # removed this moment
        if file == path(root, note.device):
            found[note.device] = note
    return found


def remove(root: Path, device: str) -> None:
    path(root, device).unlink(missing_ok=True)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Two sticks that are plugged in together are mounted by two processes."""
    fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def path(root: Path, device: str) -> Path:
    return root / f"{device}{SUFFIX}"
