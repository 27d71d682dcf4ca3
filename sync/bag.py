"""Reading a folder that somebody else filled: regular files only, no link followed, nothing unbounded."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from sync import profile
from sync.profile import Violation

CHUNK = 1 << 18  # stays in the processor's cache between reading and hashing
WORTH_A_THREAD = 8 << 20  # bytes
HASHERS = 2  # threads; hashing releases the interpreter's lock


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def small(root: Path, name: str, largest: int, absent: str) -> bytes:
    """The bytes of a tag file. Raises `Violation`: `absent`, LINK, SPECIAL, HARDLINK, TOO-LARGE."""
    try:
        fd = open_regular(root / name)
    except FileNotFoundError as error:
        raise Violation(absent, name) from error
    with os.fdopen(fd, "rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise Violation("TOO-LARGE", name)
    return data


def open_regular(path: Path) -> int:
    """A descriptor of a regular file with one name. `O_NONBLOCK`: a FIFO would wait for ever.
    Raises `Violation`, `OSError`."""
    before = path.lstat()
    if stat.S_ISLNK(before.st_mode):
        raise Violation("LINK", path.name)
    if not stat.S_ISREG(before.st_mode):
        raise Violation("SPECIAL", path.name)
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    info = os.fstat(fd)
    if not stat.S_ISREG(info.st_mode) or info.st_nlink != 1:
        os.close(fd)
        raise Violation("HARDLINK" if stat.S_ISREG(info.st_mode) else "SPECIAL", path.name)
    return fd


def walk(root: Path) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """({path: size} of every file, [(code, path)] of what must not be there). Bounded by `profile`."""
    sizes: dict[str, int] = {}
    problems: list[tuple[str, str]] = []
    folders, seen = [(root, "")], 0
    while folders:
        folder, below = folders.pop()
        for entry in os.scandir(folder):
            seen += 1
            if seen > profile.MOST_FILES:
                return sizes, [*problems, ("TOO-MANY", below)]
            path = f"{below}{entry.name}"
            info = entry.stat(follow_symlinks=False)
            if code := profile.name_problem(path) or _kind_problem(info):
                problems.append((code, path.encode("utf-8", "replace").decode()))
            elif stat.S_ISDIR(info.st_mode):
                folders.append((folder / entry.name, f"{path}/"))
            else:
                sizes[path] = info.st_size
    return sizes, sorted(problems)


def _kind_problem(info: os.stat_result) -> str | None:
    if stat.S_ISLNK(info.st_mode):
        return "LINK"
    if stat.S_ISDIR(info.st_mode):
        return None
    if not stat.S_ISREG(info.st_mode):
        return "SPECIAL"
    if info.st_nlink != 1:
        return "HARDLINK"
    return "TOO-LARGE" if info.st_size > profile.LARGEST_FILE else None


def digests(root: Path, sizes: Mapping[str, int]) -> dict[str, str]:
    """{path: SHA-256}. Raises `Violation`, `OSError`. Two large files are read at once; one needs no threads."""
    order = sorted(sizes, key=lambda path: -sizes[path])  # largest first: the threads end together
    if len(order) < 2 or sizes[order[1]] < WORTH_A_THREAD:
        return {path: file_digest(root / path, sizes[path]) for path in order}
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(HASHERS) as pool:
        return dict(zip(order, pool.map(lambda path: file_digest(root / path, sizes[path]), order), strict=True))


def file_digest(path: Path, size: int) -> str:
    """SHA-256 of the first `size` bytes and of one more if it grew meanwhile; never reads without end."""
    sha, left = hashlib.sha256(), size + 1
    buffer = memoryview(bytearray(CHUNK))
    with os.fdopen(open_regular(path), "rb", buffering=0) as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
        while left and (count := file.readinto(buffer[: min(CHUNK, left)])):
            sha.update(buffer[:count])
            left -= count
    return sha.hexdigest()
