"""Looks at files that nobody has taken in, archives too: what lies in one is laid out for a moment in `room`.

As in the store, members lie under numbers, so no path of an archive is ever a path of ours; an archive that intake
would refuse stays one file.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from appliance.errors import WrongUse
from appliance.intake import ignore, names
from appliance.intake.archives import is_archive
from appliance.intake.archives import opened as archive_of
from appliance.intake.archives.limits import Limits, Refused
from appliance.intake.unpack import folder_of
from appliance.probes.container import regular

_MOST_FILES = 20_000
_KEPT_FREE = 500_000_000  # bytes that a look leaves to others


@dataclass(frozen=True)
class Laid:
    """`path`: where it would lie if its archive were a folder, in readable letters. `file`: where its bytes are."""

    path: Path
    file: Path


def laid(folder: Path, room: Path) -> Iterator[Laid]:
    """The regular files below a folder. Raises `WrongUse` when they are too many."""
    count = 0
    for above, folders, found in os.walk(folder):
        folders.sort()
        for name in sorted(found):
            path = Path(above, name)
            if path.is_symlink() or not path.is_file():
                continue
            if ignore.reason(path.relative_to(folder).as_posix(), path.stat().st_size):
                continue
            for one in opened(Laid(Path(names.shown(os.fsencode(path))), path), room):
                count += 1
                if count > _MOST_FILES:
                    raise WrongUse(f"文件夹里的文件超过 {_MOST_FILES} 个")
                yield one


def opened(one: Laid, room: Path, depth: int = 0) -> list[Laid]:
    """What is in it, when it is an archive that intake would unpack; else itself."""
    limits = Limits()
    if not is_archive(one.path.name) or depth > limits.nesting:
        return [one]
    try:
        inside = _inside(one, room, limits)
    except (Refused, OSError):
        return [one]
    return [deeper for child in inside for deeper in opened(child, room, depth + 1)]


def _inside(archive: Laid, room: Path, limits: Limits) -> list[Laid]:
    with regular(archive.file) as (file, size):
        packed = archive_of(archive.path.name, file, size, limits)
        found = packed.prove()
        if sum(member.size for member in found) > shutil.disk_usage(room).free - _KEPT_FREE:
            raise Refused("没有地方摊开")
        folder = archive.path.parent / folder_of(archive.path.name, found)
        children = []
        for member, stream in packed.streams(found):
            if ignore.reason(member.name, member.size):
                continue
            with tempfile.NamedTemporaryFile(dir=room, delete=False) as out:
                shutil.copyfileobj(stream, out, 1 << 20)
            children.append(Laid(folder / member.name, Path(out.name)))
        return children
