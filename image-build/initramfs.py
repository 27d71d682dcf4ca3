"""The early start as a cpio archive: busybox, early-boot.sh and the modules it needs; the same bytes every time.

Nothing of the target is run, so an arm64 one is made on any machine.
"""

from __future__ import annotations

import gzip
import lzma
import re
import stat
from collections.abc import Iterable
from pathlib import Path

_HERE = Path(__file__).parent
_FOLDERS = ("bin", "dev", "modules", "proc", "run", "sys", "sysroot")


def make(tree: Path, modules: Iterable[str]) -> bytes:
    """`tree`: the root with exactly one kernel; its package has listed what needs what (modules.dep)."""
    version = kernel_version(tree)
    place = tree / "usr/lib/modules" / version
    needed = in_order(place, modules)
    archive = Cpio()
    for folder in _FOLDERS:
        archive.add(folder, stat.S_IFDIR | 0o755)
    archive.add("dev/console", stat.S_IFCHR | 0o600, device=(5, 1))
    archive.add("bin/busybox", stat.S_IFREG | 0o755, (tree / "usr/bin/busybox").read_bytes())
    archive.add("init", stat.S_IFREG | 0o755, (_HERE / "early-boot.sh").read_bytes())
    for name in needed:
        archive.add(f"modules/{_plain(name)}", stat.S_IFREG | 0o644, _unpacked(place / name))
    order = "".join(f"{_plain(name)}\n" for name in needed)
    archive.add("modules/order", stat.S_IFREG | 0o644, order.encode())
    return gzip.compress(archive.end(), 9, mtime=0)


def kernel_version(tree: Path) -> str:
    [only] = (path.name for path in (tree / "usr/lib/modules").iterdir())
    return only


def in_order(place: Path, wanted: Iterable[str]) -> list[str]:
    """Files of the modules and of all that they need, each after what it needs; those that the kernel has built in,
    or that this kernel does not have, are left out."""
    needs = {
        name: rest.split()
        for name, _, rest in (line.partition(":") for line in (place / "modules.dep").read_text().splitlines())
    }
    files = {_word(Path(name).name.split(".ko")[0]): name for name in needs}
    softly: dict[str, list[str]] = {}
    for module, before in re.findall(r"^softdep (\S+) pre: (.*)$", (place / "modules.softdep").read_text(), re.M):
        softly.setdefault(_word(module), []).extend(word for word in before.split() if not word.endswith(":"))
    found: list[str] = []

    def add(word: str) -> None:
        file = files.get(_word(word))
        if file is None or file in found:
            return
        for earlier in softly.get(_word(word), []):
            add(earlier)
        found.extend(each for each in [*reversed(needs[file]), file] if each not in found)

    for word in wanted:
        add(word)
    return found


class Cpio:
    """The "newc" form: a line of hexadecimal fields, the name, the bytes, each filled up to four."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._count = 0

    def add(self, name: str, mode: int, data: bytes = b"", device: tuple[int, int] = (0, 0)) -> None:
        self._count += 1
        ended = name.encode() + b"\0"
        fields = (self._count, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(ended), 0)
        self._bytes += b"070701" + b"".join(b"%08x" % field for field in fields) + ended
        self._fill()
        self._bytes += data
        self._fill()

    def end(self) -> bytes:
        self.add("TRAILER!!!", 0)
        return bytes(self._bytes)

    def _fill(self) -> None:
        self._bytes += bytes(-len(self._bytes) % 4)


def _word(module: str) -> str:
    return module.replace("-", "_")


def _plain(file: str) -> str:
    return Path(file).name.removesuffix(".xz")


def _unpacked(file: Path) -> bytes:
    data = file.read_bytes()
    return lzma.decompress(data) if file.suffix == ".xz" else data


def take_kernel_away(tree: Path) -> None:
    """Once they lie on the boot partition, the root does not need them."""
    for path in (tree / "boot").iterdir():
        if path.is_file() or path.is_symlink():
            path.unlink()
    for name in ("vmlinuz", "vmlinuz.old", "initrd.img", "initrd.img.old"):
        (tree / name).unlink(missing_ok=True)
