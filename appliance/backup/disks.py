"""Backup disks: a folder `lessonbox-backup` with a mark that a technician had made. The box writes to no other disk.

```
lessonbox-backup/disk.json                     the mark: the disk's number, when it was marked
                 <code>-<keys>/box.json        whose these are, in plain words
                               pieces/ab/…     encrypted pieces       snapshots/…   one file a run
```
Names are short and plain, files below 9 MiB, nothing is a link and nothing has rights: FAT32, exFAT and NTFS will do.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from appliance import clock
from appliance.errors import BackupDisk, NotAllowed
from appliance.store.files import put_on_fat

if TYPE_CHECKING:  # the mounter of sticks asks for marks, and must not wait for rules and catalog
    from appliance.backup.recovery import Keys
    from appliance.settings import Settings
    from appliance.station import Station

FOLDER, MARK, BOX = "lessonbox-backup", "disk.json", "box.json"
_LONGEST = 40  # letters of a name
_SMALL = 4096  # bytes of a mark; a stranger's disk may carry anything under this name
_ID = re.compile(r"[0-9A-F]{8}")


@dataclass(frozen=True)
class Disk:
    """`place`: where its file system is mounted. `id`: of the mark, as printed on the disk's label."""

    place: Path
    id: str
    name: str

    @property
    def root(self) -> Path:
        return self.place / FOLDER

    def box(self, settings: Settings, keys: Keys) -> Path:
        return self.root / f"{settings.code}-{keys.id}"

    def boxes(self, keys: Keys) -> list[Path]:
        """Folders that these keys open: of this box, and of the one that it takes the place of."""
        return sorted(one for one in self.root.glob(f"*-{keys.id}") if one.is_dir())

    def free(self) -> int:
        space = os.statvfs(self.root)
        return space.f_bavail * space.f_frsize

    def require(self) -> None:
        """Raises `BackupDisk` when it is not there any more."""
        if read_mark(self.place) != self.id:
            raise BackupDisk(f"备份盘 {self.id} 读不到了", remedy="请插好这块盘，下一次备份会接着做")


def find(station: Station) -> list[Disk]:
    """Marked disks that are here now and may be written to."""
    return [disk for disk in _marked(station.settings.backup_places) if _writable(disk.root)]


def readable(station: Station) -> list[Disk]:
    """Marked disks, those included that are mounted as any other stick: a new box restores from such a one."""
    settings = station.settings
    seen = {disk.id: disk for disk in _marked((*settings.usb_mounts, *settings.backup_places))}
    return [seen[number] for number in sorted(seen)]


def one(station: Station, number: str = "") -> Disk:
    """The disk of this number, or the only one. Raises `BackupDisk`."""
    found = [disk for disk in find(station) if number in ("", disk.id)]
    if len(found) != 1:
        what = "没有插着备份盘" if not found else f"插着 {len(found)} 块备份盘"
        raise BackupDisk(what, remedy="请插好备份盘" if not found else "请说明是哪一块，或拔下别的")
    return found[0]


def at(place: Path) -> Disk:
    """Raises `BackupDisk` for a folder without a mark."""
    if not (number := read_mark(place)):
        raise BackupDisk("这不是备份盘，上面没有课匣的备份记号", remedy="请换备份盘")
    return Disk(place, number, _name(place))


def prepare(place: Path, name: str) -> Disk:
    """Marks a disk, once; what is on it stays. Raises `NotAllowed` when it cannot be written to."""
    if read_mark(place):
        return at(place)
    if not place.is_dir() or not _writable(place):
        raise NotAllowed("这块盘写不了", effect="没有做成备份盘", remedy="请换一块盘，或看看有没有写保护的开关")
    (place / FOLDER).mkdir(exist_ok=True)
    mark = {"format": 1, "disk": secrets.token_hex(4).upper(), "name": name, "marked": clock.now().wall}
    put_on_fat(place / FOLDER / MARK, json.dumps(mark, ensure_ascii=False).encode())
    return at(place)


def read_mark(place: Path) -> str:
    """The disk's number; "" when it carries no mark, or none that we wrote."""
    found = read_small(place / FOLDER / MARK)
    number = found.get("disk")
    return number if isinstance(number, str) and _ID.fullmatch(number) else ""


def read_small(path: Path) -> dict[str, Any]:
    """A small JSON object from a disk that anybody may have written; {} when it is none."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return {}
    try:
        told = json.loads(os.read(fd, _SMALL))
    except (OSError, ValueError):
        return {}
    finally:
        os.close(fd)
    return told if isinstance(told, dict) else {}


def _marked(places: tuple[str, ...]) -> Iterator[Disk]:
    """Each place itself, and what is mounted below it."""
    for place in map(Path, places):
        for folder in (place, *_below(place)):
            if number := read_mark(folder):
                yield Disk(folder, number, _name(folder))


def _name(place: Path) -> str:
    told = read_small(place / FOLDER / MARK).get("name")
    return told[:_LONGEST] if isinstance(told, str) else ""


def _below(place: Path) -> list[Path]:
    try:
        return sorted(one for one in place.iterdir() if one.is_dir())
    except OSError:
        return []


def _writable(place: Path) -> bool:
    return os.access(place, os.W_OK) and not os.statvfs(place).f_flag & os.ST_RDONLY
