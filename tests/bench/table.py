"""Rows of the bench, and how they are measured and printed."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 3


@dataclass(frozen=True)
class Row:
    """`ratio` None: a plain measurement with nothing to compare."""

    what: str
    measured: str
    reference: str = ""
    compared: str = ""
    ratio: float | None = None


def seconds(act: Callable[[], object], prepare: Callable[[], object] = lambda: None, runs: int = RUNS) -> float:
    """Median wall time of `act`; before each run `prepare`, then the caches are dropped where we may."""
    times = []
    for _ in range(runs):
        prepare()
        drop_caches()
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def drop_caches() -> None:
    subprocess.run(["sh", "-c", "sync; echo 3 > /proc/sys/vm/drop_caches"], stderr=subprocess.DEVNULL)


def compare(what: str, ours: float, reference: str, theirs: float) -> Row:
    return Row(what, f"{ours:.2f} s", reference, f"{theirs:.2f} s", ours / theirs)


def print_table(rows: Sequence[Row]) -> None:
    print("| 做了什么 | 用了 | 对照 | 对照用了 | 比值 |\n|---|---|---|---|---|")
    for row in rows:
        ratio = "" if row.ratio is None else f"**{row.ratio:.2f}**"
        print(f"| {row.what} | {row.measured} | {row.reference} | {row.compared} | {ratio} |")
