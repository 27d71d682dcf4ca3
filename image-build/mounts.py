"""/etc/fstab. The names in /dev/lessonbox are given by the early start to the box's own disk only (early-boot.sh)."""

from __future__ import annotations

from boards import Board

# A box that cannot mount something still starts, so that its screen can say so; what needs it waits for it.
_ALWAYS = "nofail,x-systemd.before=local-fs.target"
_WAIT = "x-systemd.device-timeout=300"  # a slow card takes its time; without /settings the first start finds no file
_FAT = f"rw,nosuid,nodev,noexec,sync,{_ALWAYS},{_WAIT}"
_SETUP = "uid=974,gid=970"  # lessonbox-setup: a password stands in lessonbox.toml until it is wiped

_DATA = (
    "/dev/lessonbox/data /data ext4 rw,noatime,nosuid,nodev,errors=remount-ro,commit=5,"
    f"{_ALWAYS},x-systemd.growfs,x-systemd.requires=settle-disk.service,{_WAIT} 0 2",
    f"/data/system/var /var none bind,{_ALWAYS},x-systemd.requires=settle-var.service 0 0",
    "tmpfs /tmp tmpfs nosuid,nodev,mode=1777,size=20% 0 0",
)
_FATS = {
    "gpt": (
        f"/dev/lessonbox/boot /boot vfat umask=0077,{_FAT} 0 0",
        f"/dev/lessonbox/settings /settings vfat {_SETUP},umask=0077,utf8,{_FAT} 0 0",
    ),
    # Boot files and settings share the one partition that a PC shows.
    "dos": (
        f"/dev/lessonbox/boot /boot vfat {_SETUP},umask=0077,utf8,{_FAT} 0 0",
        f"/boot /settings none bind,{_ALWAYS} 0 0",
    ),
}


def text(board: Board) -> str:
    return "\n".join([*_DATA, *_FATS[board.table]]) + "\n"
