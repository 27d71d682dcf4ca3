"""What the image is made for: one row for each kind of machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Board:
    name: str
    architecture: str  # Debian's word
    machine: str  # the kernel's word, which wheels are named by
    table: str  # "gpt", or "dos" where the firmware reads nothing else
    packages: tuple[str, ...]  # kernel, firmware and boot loader, beside packages-image.txt
    components: tuple[str, ...]  # of the Debian archive
    modules: tuple[str, ...]  # that must be there before the root is; the rest is loaded by udev
    console: str  # where the kernel talks besides the screen
    tried: str  # said beside the image, so that nobody takes a guess for a promise


_DISKS = (
    "virtio_pci", "virtio_blk", "nvme", "ahci", "sd_mod", "usb_storage", "uas", "xhci_pci", "ehci_pci",
    "mmc_block", "sdhci_pci", "crc32c_generic", "erofs", "vfat", "nls_cp437", "nls_ascii",
)  # fmt: skip
_WATCHDOGS = ("i6300esb", "iTCO_wdt", "sp5100_tco")

BOARDS = {
    board.name: board
    for board in (
        Board(
            name="pc", architecture="amd64", machine="x86_64", table="gpt",
            packages=("linux-image-amd64", "systemd-boot", "systemd-boot-efi"), components=("main",),
            modules=(*_DISKS, *_WATCHDOGS), console="ttyS0,115200", tried="在 qemu 里启动过（UEFI）",
        ),
        Board(
            name="pi4", architecture="arm64", machine="aarch64", table="dos",
            packages=("linux-image-arm64", "raspi-firmware"), components=("main", "non-free-firmware"),
            modules=(*_DISKS, "sdhci_iproc", "bcm2835_wdt", "pcie_brcmstb", "reset_raspberrypi"),
            console="ttyAMA0,115200",
            tried="还没有启动过：照 Pi 4 的固件写的，真机上没有试。Pi 5 没有试过，Debian 13 的内核还不认它",
        ),
    )
}  # fmt: skip
