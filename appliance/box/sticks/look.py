"""What a block device is: asked of blkid, udev and sysfs, before anything is mounted."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from appliance.box.sticks.note import Note
from appliance.intake import names

_CLASS = Path("/sys/class/block")
_SECTOR = 512  # sysfs counts in these, whatever the medium's own are
_SECONDS = 30  # a stick that is going bad may take long to answer, and must not take for ever


@dataclass(frozen=True)
class Looked:
    """`whole_with_parts`: a disk whose partitions come by themselves."""

    note: Note
    whole_with_parts: bool


def look(device: Path) -> Looked:
    """Raises `OSError` when the device is gone."""
    place = (_CLASS / device.name).resolve(strict=True)
    found = _blkid(device) | _udev(device)
    note = Note(
        device=device.name,
        kind=found.get("ID_FS_TYPE", ""),
        uuid=found.get("ID_FS_UUID", ""),
        serial=found.get("ID_SERIAL_SHORT", ""),
        size=int((place / "size").read_text()) * _SECTOR,
        name=_name(found, device),
    )
    return Looked(note, any((part / "partition").exists() for part in place.iterdir() if part.is_dir()))


def _blkid(device: Path) -> dict[str, str]:
    """The superblock as it is now; udev's own look may be older than the stick."""
    command = ["blkid", "-p", "-o", "udev", str(device)]
    said = subprocess.run(command, capture_output=True, timeout=_SECONDS, env=_plain())
    return _pairs(said.stdout)


def _udev(device: Path) -> dict[str, str]:
    command = ["udevadm", "info", "--query=property", f"--name={device}"]
    try:
        said = subprocess.run(command, capture_output=True, timeout=_SECONDS, env=_plain())
    except FileNotFoundError:
        return {}
    kept = ("ID_SERIAL_SHORT", "ID_VENDOR", "ID_MODEL")
    return {name: value for name, value in _pairs(said.stdout).items() if name in kept}


def _pairs(lines: bytes) -> dict[str, str]:
    pairs = (line.partition(b"=") for line in lines.splitlines())
    return {name.decode(): names.shown(value) for name, equals, value in pairs if equals and name.isascii()}


def _name(found: dict[str, str], device: Path) -> str:
    label = unescaped(found.get("ID_FS_LABEL_ENC", "")).strip()
    maker = " ".join(found[name].replace("_", " ").strip() for name in ("ID_VENDOR", "ID_MODEL") if name in found)
    return label or maker or device.name


def unescaped(label: str) -> str:
    r"""udev writes what is not plain as \xNN, byte by byte."""
    escaped = re.compile(rb"\\x([0-9a-fA-F]{2})")
    raw = escaped.sub(lambda found: bytes([int(found[1], 16)]), os.fsencode(label))
    return names.shown(raw.replace(b"/", b" "))


def _plain() -> dict[str, str]:
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
