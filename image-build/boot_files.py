"""What lies on the first partition: kernel, early start and boot loader of slot A, and how each board picks a slot.

pc: systemd-boot, which counts the tries of a new slot and goes back by itself. pi4: the firmware's `os_prefix`, and
`tryboot` for one try of a new slot.
"""

from __future__ import annotations

from pathlib import Path

import initramfs
from boards import Board

LABEL = "LESSONBOOT"  # the early start knows its own disk by it
_OPTIONS = (
    "lessonbox.slot={slot} ro quiet panic=10 systemd.show_status=auto console=tty0 console={console} gpt "
    "net.ifnames=0 fsck.repair=yes"
)
_ENTRY = "title LessonBox {slot}\nversion {version}\nsort-key lessonbox\nlinux /{slot}/vmlinuz\ninitrd /{slot}/initrd\noptions {options}\n"
_CONFIG = (
    "arm_64bit=1\nupstream_kernel=1\nenable_uart=1\nkernel_watchdog_timeout=60\nos_prefix={slot}/\n"
    "kernel=vmlinuz\ninitramfs initrd followkernel\ncmdline=cmdline.txt\n"
)


def options(board: Board, slot: str) -> str:
    return _OPTIONS.format(slot=slot, console=board.console)


def kernel(tree: Path) -> bytes:
    return (tree / "boot" / f"vmlinuz-{initramfs.kernel_version(tree)}").read_bytes()


def files(board: Board, tree: Path, early: bytes, version: str) -> dict[str, bytes]:
    """Path on the partition → bytes."""
    common = {"a/vmlinuz": kernel(tree), "a/initrd": early}
    return common | (_efi(board, tree, version) if board.table == "gpt" else _firmware(board, tree))


def _efi(board: Board, tree: Path, version: str) -> dict[str, bytes]:
    loader = next((tree / "usr/lib/systemd/boot/efi").glob("systemd-bootx64.efi*"))  # signed or not
    entry = _ENTRY.format(slot="a", version=version, options=options(board, "a"))
    return {
        "EFI/BOOT/BOOTX64.EFI": loader.read_bytes(),
        "loader/loader.conf": b"timeout 0\nconsole-mode keep\neditor no\n",
        "loader/entries/lessonbox-a.conf": entry.encode(),
    }


def _firmware(board: Board, tree: Path) -> dict[str, bytes]:
    place = tree / "usr/lib/raspi-firmware"
    found = {name: (place / name).read_bytes() for name in ("start4.elf", "fixup4.dat")}
    [device_trees] = (tree / "usr/lib").glob("linux-image-*/broadcom")
    for path in sorted(device_trees.glob("bcm2711-rpi-*.dtb")):
        found[f"a/{path.name}"] = path.read_bytes()
    found["config.txt"] = _CONFIG.format(slot="a").encode()
    found["a/cmdline.txt"] = f"{options(board, 'a')}\n".encode()
    return found
