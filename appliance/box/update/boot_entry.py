"""The last step of an update and the first of its undoing: which slot the machine tries next. One row a kind of board.

pc: systemd-boot tries `lessonbox-b+3.conf` three times, counting in the file's name, and goes back to the other entry
by itself. Pi: the firmware reads `tryboot.txt` for one start only; a start that was good makes it `config.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from appliance.box.update.slots import Box
from appliance.errors import UpdateRefused
from appliance.store.files import put_on_fat, sync_folder

TRIES = 3
_ENTRY = (
    "title LessonBox {slot}\nversion {version}\nsort-key lessonbox\nlinux /{slot}/vmlinuz\ninitrd /{slot}/initrd\n"
    "options {options}\n"
)


@dataclass(frozen=True)
class Kind:
    """`remove`: the other slot is not tried any more. `write`: it is tried at the next start, as this version. `keep`:
    the slot that runs is the one from now on."""

    remove: Callable[[Box], None]
    write: Callable[[Box, str], None]
    keep: Callable[[Box], None]


def _efi_remove(box: Box) -> None:
    for path in _entries(box, box.other):
        path.unlink()
    sync_folder(_folder(box))


def _efi_write(box: Box, version: str) -> None:
    options = re.search(r"^options\s+(.*)$", _running_entry(box).read_text(), re.M)
    if options is None:
        raise UpdateRefused("现在的启动项读不懂", code="BOOT", remedy="请联系技术员")
    text = _ENTRY.format(slot=box.other, version=version, options=_with_slot(options[1], box.other))
    put(_folder(box) / f"lessonbox-{box.other}+{TRIES}.conf", text.encode())


def _efi_keep(box: Box) -> None:
    """systemd-bless-boot takes the count out of the name."""


def _pi_remove(box: Box) -> None:
    (box.boot / "tryboot.txt").unlink(missing_ok=True)
    sync_folder(box.boot)


def _pi_write(box: Box, version: str) -> None:
    line = (box.boot / box.running / "cmdline.txt").read_text()
    put(box.boot / box.other / "cmdline.txt", _with_slot(line, box.other).encode())
    config = (box.boot / "config.txt").read_text()
    put(box.boot / "tryboot.txt", re.sub(r"^os_prefix=.*$", f"os_prefix={box.other}/", config, flags=re.M).encode())


def _pi_keep(box: Box) -> None:
    tried = box.boot / "tryboot.txt"
    if tried.exists() and f"os_prefix={box.running}/" in tried.read_text():
        put(box.boot / "config.txt", tried.read_bytes())
        _pi_remove(box)


_PC = Kind(_efi_remove, _efi_write, _efi_keep)
_PI = Kind(_pi_remove, _pi_write, _pi_keep)


def kind_of(board: str) -> Kind:
    return _PI if board.startswith("pi") else _PC


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    put_on_fat(path, data)


def _with_slot(options: str, slot: str) -> str:
    return re.sub(r"\blessonbox\.slot=\w+", f"lessonbox.slot={slot}", options)


def _folder(box: Box) -> Path:
    return box.boot / "loader/entries"


def _entries(box: Box, slot: str) -> list[Path]:
    return sorted(
        path for path in _folder(box).glob("*.conf") if re.fullmatch(rf"lessonbox-{slot}(\+[\d-]+)?", path.stem)
    )


def _running_entry(box: Box) -> Path:
    found = _entries(box, box.running)
    if not found:
        raise UpdateRefused("找不到现在的启动项", code="BOOT", remedy="请联系技术员")
    return found[0]
