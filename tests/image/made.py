"""The image that `make image` left, and why it cannot be tried when it is not there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.image import seen

ROOT = Path(__file__).parents[2]
OUT = ROOT / "build/image"
IMAGE = OUT / "lessonbox-pc.img"
TREE = OUT / "work-pc/root"  # the folder that the read-only root was made of

sys.path.insert(0, str(ROOT / "image-build"))

import layout  # noqa: E402


def not_made() -> str:
    """ "" when the image can be looked at."""
    return "" if IMAGE.exists() and TREE.exists() else "no image here: make image"


def cannot_start() -> str:
    """ "" when the image can be started in qemu."""
    if why := not_made() or seen.MISSING:
        return why
    missing = [tool for tool in ("qemu-system-x86_64", "qemu-img", "mcopy", "mkfs.vfat") if not shutil.which(tool)]
    if missing or not Path("/usr/share/OVMF/OVMF_CODE_4M.fd").exists():
        return f"missing {' '.join(missing) or 'OVMF'}: image-build/install-packages.sh build try"
    return ""


ENTRY = "loader/entries/lessonbox-a.conf"
# qemu's own processor is fifty times slower than a real one: nobody is stopped there for being slow.
_PATIENCE = (
    "systemd.default_timeout_start_sec=1800 systemd.default_device_timeout_sec=1800 systemd.service_watchdogs=no"
)


def flashed(place: Path, settings: str = "") -> Path:
    """A card of our own with the image on it, and `settings` as lessonbox.toml where a technician puts it."""
    card = place / "card.img"
    subprocess.run(["cp", "--sparse=always", str(IMAGE), str(card)], check=True)
    entry = taken(card, "boot", ENTRY)
    put(card, "boot", ENTRY, entry.replace(" ro quiet ", f" ro quiet {_PATIENCE} ").encode())
    if settings:
        put(card, "settings", "lessonbox.toml", settings.encode())
    return card


def put(card: Path, partition: str, name: str, data: bytes) -> None:
    """Writes a file to one of the card's FAT partitions."""
    target = [f"{card}@@{_start(partition)}M", f"::/{name}"]
    subprocess.run(["mcopy", "-o", "-i", target[0], "-", target[1]], input=data, check=True, env=_ENVIRONMENT)


def taken(card: Path, partition: str, name: str) -> str:
    return copied(card, partition, name).decode()


def copied(card: Path, partition: str, name: str) -> bytes:
    words = ["mcopy", "-i", f"{card}@@{_start(partition)}M", f"::/{name}", "-"]
    return subprocess.run(words, check=True, capture_output=True, env=_ENVIRONMENT).stdout


def listed(card: Path, partition: str, folder: str) -> set[str]:
    words = ["mdir", "-b", "-i", f"{card}@@{_start(partition)}M", f"::/{folder}"]
    said = subprocess.run(words, check=True, capture_output=True, text=True, env=_ENVIRONMENT).stdout
    return {line.rsplit("/", 1)[-1] for line in said.split()}


def _start(partition: str) -> int:
    return next(row.start for row in layout.partitions("gpt") if row.name == partition)


_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "MTOOLS_SKIP_CHECK": "1"}
