"""`make bench`: how the box compares with what a clerk's own tools would take, in the same run on the same disk.

`make bench SECTION="check first-answer"` measures these sections only; the load of the machine is told with each.
Only ratios are claims: machines are noisy, and a Pi is 4–6 times slower than a small PC. Each row says what was
done, what it was compared with, and the quotient of the medians.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import (
    backups,
    bundles,
    check,
    first_answer,
    intake,
    memory,
    originality,
    pages,
    pictures,
    sessions,
    sticks,
    tablets,
)
from tests.bench.table import Row, print_table

BENCHES = {
    "intake": intake.rows,
    "sticks": sticks.rows,
    "backup": backups.rows,
    "check": check.rows,
    "first-answer": first_answer.rows,
    "originality": originality.rows,
    "pictures": pictures.rows,
    "verify": bundles.rows,
    "memory": memory.rows,
    "pages": pages.rows,
    "sessions": sessions.rows,
    "tablets": tablets.rows,
}


def main(names: list[str]) -> int:
    if unknown := sorted(set(names) - set(BENCHES)):
        print(f"no section {' '.join(unknown)}; there are {' '.join(BENCHES)}", file=sys.stderr)
        return 1
    rows: list[Row] = []
    for name in names or BENCHES:
        with tempfile.TemporaryDirectory(prefix="lessonbox-bench-") as place:
            start, load = time.monotonic(), os.getloadavg()[0]
            print(f"… {name}（负载 {load:.1f}）", file=sys.stderr, flush=True)
            rows += BENCHES[name](Path(place))
            print(f"  {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
    print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
