"""The installable image: `python image-build/build.py pc|pi4 [--out DIR] [--cache DIR] [--base TAR] [--key PEM]…`.

Writes lessonbox-BOARD.img, .root.erofs (what an update carries), .sbom.json, .sha256 and says how long each step took.
Needs root. `--key`: a public key whose updates the box takes; without one it takes none. `--base`: Debian's part as a tar; made when it is not there, so that a second build need not make it again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import base
import boot_files
import disk
import filesystems
import initramfs
import layout
import root_tree
import sbom
import settings_files
from boards import BOARDS, Board

ROOT = Path(__file__).parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("board", choices=sorted(BOARDS))
    parser.add_argument("--out", type=Path, default=ROOT / "build/image")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/lessonbox-image")
    parser.add_argument("--base", type=Path)
    parser.add_argument("--key", type=Path, action="append", default=[])
    args = parser.parse_args()
    if os.geteuid() != 0:
        print("the image's files belong to several users: sudo make image", file=sys.stderr)
        return 1
    os.umask(0o022)
    build(BOARDS[args.board], args.out.resolve(), args.cache.resolve(), args.base, args.key)
    return 0


def build(board: Board, out: Path, cache: Path, given: Path | None, keys: list[Path]) -> None:
    epoch, version = commit_time(), project_version()
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    work, name = out / f"work-{board.name}", f"lessonbox-{board.name}"
    work.mkdir(parents=True, exist_ok=True)
    tar, tree = given or work / "base.tar", work / "root"
    image, root, listing = out / f"{name}.img", out / f"{name}.root.erofs", out / f"{name}.sbom.json"
    if given is None or not given.exists():
        with told("Debian's part"):
            base.make(board, tar, cache / f"debs-{board.architecture}")
    with told("the box and its units"):
        root_tree.make(board, tar, tree, cache / f"wheels-{board.architecture}", epoch, version, keys)
    with told("early start"):
        early = initramfs.make(tree, board.modules)
    with told("list of packages"):
        listing.write_text(sbom.text(tree, version))
    with told("boot partition"):
        boot = boot_files.files(board, tree, early, version)
        one = settings_files.files()
        boot |= one if board.table == "dos" else {}
        filesystems.fat(work / "boot.img", layout.BOOT, boot_files.LABEL, boot, epoch)
        filesystems.fat(work / "settings.img", layout.SETTINGS, "LESSONBOX", one, epoch)
    with told("read-only root"):
        initramfs.take_kernel_away(tree)
        filesystems.root(tree, root, epoch, version, layout.SLOT * layout.MIB)
    with told("disk"):
        parts = {"boot": work / "boot.img", "root-a": root, "settings": work / "settings.img"}
        disk.assemble(image, board.table, parts)
    digests = {path.name: hashlib.file_digest(path.open("rb"), "sha256").hexdigest() for path in (root, listing)}
    (out / f"{name}.json").write_text(json.dumps({"version": version, "epoch": epoch, "sha256": digests}, indent=1))
    print(f"{image}  {image.stat().st_blocks >> 11} MiB on disk, root {root.stat().st_size >> 20} MiB；{board.tried}")


@contextmanager
def told(step: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{time.monotonic() - began:7.1f} s  {step}", flush=True)


def commit_time() -> int:
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    words = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def project_version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


if __name__ == "__main__":
    sys.exit(main())
