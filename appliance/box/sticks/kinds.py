"""File systems of sticks: one row each, with the ways to mount it, best first. Everything else is told, not tried."""

from __future__ import annotations

from dataclasses import dataclass

# For every kind and every way; looked at again after mounting, because FUSE helpers forget some of them.
FLAGS = ("ro", "nosuid", "nodev", "noexec")


@dataclass(frozen=True)
class Way:
    """`type`: for `mount -t`. `options`: beside FLAGS."""

    type: str
    options: tuple[str, ...] = ()


_EVERYBODY = "umask=0222"  # these keep no owners; the watcher is an ordinary user

# "noload" and "norecovery": a journal that was left open is not replayed, for that would write to the stick.
_EXT = (Way("ext4", ("noload",)),)
KINDS: dict[str, tuple[Way, ...]] = {
    # utf8: otherwise Chinese names come out as question marks.
    "vfat": (Way("vfat", ("iocharset=ascii", "utf8=1", "shortname=mixed", _EVERYBODY)),),
    "exfat": (Way("exfat", ("iocharset=utf8", _EVERYBODY)), Way("exfat-fuse", (_EVERYBODY,))),
    # The kernel's own ntfs3 refuses volumes that Windows did not close ("fast startup").
    "ntfs": (Way("ntfs-3g", (_EVERYBODY,)), Way("ntfs3", ("iocharset=utf8", _EVERYBODY))),
    "ext2": _EXT,
    "ext3": _EXT,
    "ext4": _EXT,
    "xfs": (Way("xfs", ("norecovery", "nouuid")),),
    "iso9660": (Way("iso9660", ("iocharset=utf8",)),),
    "udf": (Way("udf", ("iocharset=utf8",)),),
    "hfsplus": (Way("hfsplus", ("nls=utf8", _EVERYBODY)),),
}

# A backup disk of this box is written to, by the user of the nightly run (`systemd/sysusers.d`).
_OWNED = "uid=972,gid=970,umask=0007"
WRITABLE: dict[str, tuple[Way, ...]] = {
    "vfat": (Way("vfat", ("iocharset=ascii", "utf8=1", "shortname=mixed", _OWNED)),),
    "exfat": (Way("exfat", ("iocharset=utf8", _OWNED)), Way("exfat-fuse", (_OWNED,))),
    "ntfs": (Way("ntfs-3g", (_OWNED,)), Way("ntfs3", ("iocharset=utf8", _OWNED))),
    "ext2": (Way("ext4"),),
    "ext3": (Way("ext4"),),
    "ext4": (Way("ext4"),),
}

# Seen often enough to be called by the name that people know.
KNOWN = {
    "BitLocker": "用 BitLocker 加了密", "crypto_LUKS": "加了密", "apfs": "是苹果的 APFS 格式",
    "LVM2_member": "是 Linux 的 LVM 格式", "btrfs": "是 Linux 的 btrfs 格式",
}  # fmt: skip
_REMEDY = "请学校换一个 U 盘，或在电脑上格式化成 exFAT 再拷"


def unusable(kind: str) -> str:
    """Why a stick with this is not taken; "" when it may be."""
    if kind in KINDS:
        return ""
    if not kind:
        return f"这个 U 盘上没有盒子认得的文件系统，可能没有格式化，或已经损坏。{_REMEDY}"
    return f"这个 U 盘{KNOWN.get(kind, f'是 {kind} 格式')}，盒子读不了。{_REMEDY}"


BROKEN = "这个 U 盘的文件系统打不开，可能已经损坏。盒子没有往上写。请在电脑上检查这个 U 盘，或换一个"
