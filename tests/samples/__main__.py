"""`python -m tests.samples DIR [KIND…]`: lay sample lessons under DIR, by school."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.samples import KINDS, SIZES, lay


def main() -> None:
    rows = "\n".join(f"  {kind.id:<22} {kind.what}" for kind in KINDS.values())
    parser = argparse.ArgumentParser(
        prog="python -m tests.samples",
        description=f"样例课例：\n{rows}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("dir", type=Path, help="放到哪个文件夹")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="哪几种（默认全部）")
    parser.add_argument("--size", choices=SIZES, default="small", help="small 约 0.3 Mbps，full 8 Mbps")
    args = parser.parse_args()
    if unknown := sorted(set(args.kinds) - set(KINDS)):
        parser.error(f"没有这种样例：{'、'.join(unknown)}")
    for kind in args.kinds or KINDS:
        print(lay(kind, args.dir, args.size), flush=True)


if __name__ == "__main__":
    main()
