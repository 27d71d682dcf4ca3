"""`python -m tests.faults.hardness [--list] [ID…]`: for each fault and hostile input, what its tests say.

Runs the tests that name it (all but the slow ones; `--slow` those too) and prints a table: passed, failed, skipped with
the reason. `--list` only counts them.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pytest

from tests.faults.hardness_ids import ELSEWHERE, WANTED
from tests.quality.marks import shown_by

WORDS = {"passed": "通过", "failed": "没有通过", "skipped": "跳过"}


class Listening:
    """Gathers, for each id, how its tests ended."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.ids = set(ids)
        self.of: dict[str, set[str]] = {}
        self.ends: dict[str, Counter[str]] = defaultdict(Counter)
        self.skips: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            self.of[item.nodeid] = {id for mark in item.iter_markers("fault") for id in mark.args}
        items[:] = [item for item in items if self.of[item.nodeid] & self.ids]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.outcome == "passed":
            return
        for id in self.of[report.nodeid] & self.ids:
            self.ends[id][report.outcome] += 1
            if report.skipped and isinstance(report.longrepr, tuple):
                self.skips[id].add(str(report.longrepr[2]).removeprefix("Skipped: "))


def table(ids: Sequence[str], told: Mapping[str, str]) -> Iterator[str]:
    yield "| 号 | 是什么 | 结果 | 本机做不到的，在哪里试 |\n|---|---|---|---|"
    for id in ids:
        yield f"| {id} | {WANTED[id]} | {told.get(id, '没有测试')} | {ELSEWHERE.get(id, '')} |"


def main(words: list[str]) -> int:
    ids = [word for word in words if word in WANTED] or list(WANTED)
    if "--list" in words:
        counted = {id: f"{len(tests)} 个测试" for id, tests in shown_by("fault").items()}
        print("\n".join(table(ids, counted)))
        return 0
    listening = Listening(ids)
    files = sorted({test.split("::")[0] for id in ids for test in shown_by("fault").get(id, [])})
    chosen = [] if "--slow" in words else ["-m", "not slow"]
    code = pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", *chosen, *files], plugins=[listening])
    told = {}
    for id in ids:
        ends = "，".join(f"{WORDS[end]} {count}" for end, count in sorted(listening.ends[id].items()))
        told[id] = "；".join([ends or "没有跑", *sorted(listening.skips[id])])
    print("\n".join(table(ids, told)))
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
