"""`make bench`: how the box compares with what a clerk's own tools would take, in the same run on the same disk.

Only ratios are claims: machines are noisy, and a Pi is 4–6 times slower than a small PC. Each row says what was
done, what it was compared with, and the quotient of the medians.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import bundles, check, intake, memory, originality, pages, pictures, sessions, tablets
from tests.bench.table import Row, print_table

BENCHES = {
    "intake": intake.rows,
    "check": check.rows,
    "originality": originality.rows,
    "pictures": pictures.rows,
    "verify": bundles.rows,
    "memory": memory.rows,
    "pages": pages.rows,
    "sessions": sessions.rows,
    "tablets": tablets.rows,
}


def main(names: list[str]) -> int:
    rows: list[Row] = []
    for name in names or BENCHES:
        with tempfile.TemporaryDirectory(prefix="lessonbox-bench-") as place:
            print(f"… {name}", file=sys.stderr, flush=True)
            rows += BENCHES[name](Path(place))
    print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
