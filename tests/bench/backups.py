"""The backup onto a second disk, against copying the store by hand; coming back; memory by size and by number."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from appliance.backup import disks, recovery
from appliance.backup.bring_back import bring_back
from appliance.backup.pieces import SIZE, sealed, unsealed
from appliance.backup.recovery import fresh_code, keys_of
from appliance.backup.run import back_up, quiet
from appliance.station import Station
from tests.bench.intake import sh
from tests.bench.table import Row, compare, seconds
from tests.conftest import make_station

MB = 1_000_000
_MEMORY = """
import resource, sys
from pathlib import Path
from tests.bench.backups import run
run(Path(sys.argv[1]), Path(sys.argv[2]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def rows(place: Path) -> list[Row]:
    return [_cipher(), *_first(place), *_memory(place)]


def run(home: Path, disk: Path) -> None:
    back_up(Station.open(home), disks.at(disk), recovery.make(home))


def fill(home: Path, count: int, size: int) -> int:
    """Bytes of so many contents, none like another, laid into the store without waiting for the medium."""
    store, chance = make_station(home).store(), random.Random(1)
    for _ in range(count):
        digest, laid = hashlib.sha256(), store.root / "laid"
        with laid.open("wb") as out:
            for at in range(0, size, MB):
                block = chance.randbytes(min(MB, size - at))
                digest.update(block)
                out.write(block)
        path = store.path(digest.hexdigest())
        path.parent.mkdir(exist_ok=True)
        laid.rename(path)
    return count * size


def _cipher() -> Row:
    keys, piece = keys_of(fresh_code()), os.urandom(SIZE)
    there = seconds(lambda: sealed(keys, "a", piece))
    data = sealed(keys, "a", piece)
    back = seconds(lambda: unsealed(keys, "a", data))
    return Row("一段 8 MiB 加密、解密", f"{SIZE / MB / there:.0f} MB/s，{SIZE / MB / back:.0f} MB/s")


def _first(place: Path) -> list[Row]:
    home, disk, copied = place / "county", place / "disk", place / "copied"
    size = fill(home, 8, 40 * MB)

    def fresh() -> None:
        for folder in (disk, copied, place / "new"):
            shutil.rmtree(folder, ignore_errors=True)
        disk.mkdir()
        disks.prepare(disk, "备份盘")
        make_station(place / "new")

    ours = seconds(lambda: run(home, disk), fresh)
    what = f"第一次备份 {size / MB:.0f} MB：加密、落盘、读回"
    bare = f"cp -r '{home}/store' '{copied}' && sync -f '{copied}'"
    read = f" && echo 3 > /proc/sys/vm/drop_caches; find '{copied}' -type f -exec sha256sum {{}} + > '{place}/sums'"
    found = [
        compare(what, ours, "cp -r + sync", seconds(lambda: sh(bare), fresh)),
        compare(what, ours, "cp -r + sync + 读回 sha256sum", seconds(lambda: sh(bare + read), fresh)),
    ]
    fresh()
    run(home, disk)
    found.append(Row("第二次，没有新的（重读十四分之一）", f"{seconds(lambda: run(home, disk)):.2f} s"))
    start = time.perf_counter()
    bring_back(Station.open(place / "new"), disks.at(disk), recovery.needed(home), 0, quiet)
    ours = time.perf_counter() - start
    theirs = seconds(lambda: sh(f"rm -rf '{copied}' && cp -r '{home}/store' '{copied}' && sync -f '{copied}'"))
    found.append(compare(f"恢复 {size / MB:.0f} MB 到新的盒子", ours, "cp -r + sync", theirs))
    return found


def _memory(place: Path) -> list[Row]:
    found = []
    for count, size in ((1, 10 * MB), (2, 200 * MB), (60, 2000), (6_000, 2000)):
        home, disk = place / f"box{count}-{size}", place / f"disk{count}-{size}"
        fill(home, count, size)
        disk.mkdir()
        disks.prepare(disk, "备份盘")
        words = [sys.executable, "-c", _MEMORY, str(home), str(disk)]
        used = int(subprocess.run(words, check=True, capture_output=True, text=True).stdout) * 1024 / MB
        found.append(Row(f"备份 {count} 个 {size / MB:g} MB 的文件，内存", f"{used:.0f} MB"))
        shutil.rmtree(home)
        shutil.rmtree(disk)
    return found
