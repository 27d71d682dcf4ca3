"""`make quality`: the labelled materials against the real probes and rules, as a table. 1 for a wrong hard verdict."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from appliance.rules.load import load
from tests.quality.judge import Judged, judge
from tests.quality.labelled import Labelled
from tests.quality.labels import labels
from tests.quality.score import disagreements, scores, table


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="只要快的那些")
    parser.add_argument("--only", default="", metavar="WORD", help="名字里有这个词的")
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args(words)
    wanted = [one for one in labels() if (one.quick or not args.quick) and args.only in one.id]
    start = time.monotonic()
    judged = judged_all(wanted, args.jobs)
    edition = load("2024")
    found = scores(judged, edition)
    print("\n".join(table([one for one in found if one.n])))
    bare = "、".join(one.rule for one in found if not one.n)
    print(f"\n没有材料的规则，由 tests/rules 的样例看：{bare}")
    lines = list(disagreements(judged, edition))
    print(f"\n和标签不一样的 {len(lines)} 处：" if lines else "\n和标签都一样")
    print("\n".join(f"- {line}" for line in lines))
    wrong = sum(one.hard for one in found)
    print(f"\n{len(judged)} 份材料，{time.monotonic() - start:.0f} 秒；误退 {wrong} 处（应为 0）")
    return 1 if wrong else 0


def judged_all(wanted: list[Labelled], jobs: int = 2) -> list[Judged]:
    """Probes run in children, so threads are enough."""
    edition = load("2024")

    def one(label: Labelled) -> Judged:
        print(".", end="", file=sys.stderr, flush=True)
        return judge(label, edition)

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, wanted))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
