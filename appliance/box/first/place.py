"""Where `lessonbox.toml` lies, and how it goes: the password is overwritten before the file is taken away.

On flash the old bytes may stay in spare blocks that nobody can reach through the file system; the threat model says so.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from appliance import failpoint
from appliance.store.files import put_on_fat, sync_folder

NAME, DONE = "lessonbox.toml", "lessonbox-done.toml"
PLACES = (Path("/settings"), Path("/boot/firmware"), Path("/boot/efi"))
_SECRET = re.compile(rb"^(\s*password\s*=).*$", re.M)
_HEAD = "# 盒子已经照这份设置好了。密码已经抹去。要改设置，请在盒子的网页上改。\r\n"


def find(places: tuple[Path, ...] = PLACES) -> Path | None:
    """The first that is there; capitals as Windows may have made of its name."""
    for place in places:
        for path in sorted(place.iterdir()) if place.is_dir() else []:
            if path.name.lower() == NAME and path.is_file():
                return path
    return None


def content(path: Path) -> bytes:
    """Empty when only the wiped remains are there."""
    data = path.read_bytes()
    return data if data.strip(b"\0") else b""


def retire(path: Path) -> None:
    """A copy without the password stays under another name; the file itself is overwritten, then removed.
    Killed amid it, the next start goes on where it stands."""
    data = content(path)
    if data:
        put_on_fat(path.with_name(DONE), _HEAD.encode() + _without_secrets(data))
        failpoint.reached("first.copied")
        with path.open("r+b") as file:
            file.write(bytes(len(data)))
            file.flush()
            os.fsync(file.fileno())
        failpoint.reached("first.wiped")
    path.unlink()
    sync_folder(path.parent)


def _without_secrets(data: bytes) -> bytes:
    """UTF-16 hides the word from the pattern: such a file leaves nothing."""
    return b"" if b"\0" in data else _SECRET.sub(rb'\1 ""', data.removeprefix(b"\xef\xbb\xbf"))
