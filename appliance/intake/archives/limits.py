"""What an archive may ask of us, and when it is refused whole. The same for every packer."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST_DEEP = 64

PASSWORD = "压缩包有密码，请去掉密码再交"
PARTS = "分卷压缩包，请改成一个完整的 zip"
LINK = "压缩包里有链接或设备：{name!r}"
DAMAGED = "压缩包打不开：可能没有拷完整、已损坏，或用了少见的压缩方法，请改用 zip 或文件夹再交一次"
TWICE = "压缩包里有重名的文件"


@dataclass(frozen=True)
class Limits:
    """What an archive may ask of us: members, bytes in all, times its packed size, archives inside archives."""

    members: int = 20_000
    total: int = 200_000_000_000
    ratio: int = 200
    free_of_ratio: int = 50_000_000  # small things may shrink as they like
    nesting: int = 1
    directory: int = 32_000_000  # bytes of the directory, which is read into memory


class Refused(Exception):
    """The archive goes to the quarantine; the text is for the person who brought it."""


def check_count(count: int, limits: Limits) -> None:
    if count > limits.members:
        raise Refused(f"压缩包里有 {count} 个文件，超过 {limits.members} 个")


def check_total(total: int, archive: int, limits: Limits) -> None:
    """`total`: bytes unpacked, or so far; `archive`: bytes packed (H2)."""
    if total > limits.total:
        raise Refused(f"解压后有 {total / 1e9:.1f} GB，超过 {limits.total / 1e9:.0f} GB")
    if total > limits.free_of_ratio and total > limits.ratio * archive:
        raise Refused(f"压缩包 {archive / 1e6:.1f} MB 解压成 {total / 1e6:.0f} MB，不合常理，没有解压")


def check_path(name: str) -> None:
    """No path of an archive is ever a path of ours, but one that leads outside was made by nobody's mistake (H1)."""
    parts = name.rstrip("/").split("/")
    if "\0" in name or "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in parts:
        raise Refused(f"压缩包里的路径不安全：{name!r}")
    if not name.strip("/") or len(parts) > _MOST_DEEP:
        raise Refused("压缩包里有不能用的文件名")
