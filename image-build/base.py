"""Debian's part of the root, made by mmdebstrap as a tar; packages that were fetched once are kept for the next time."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import sources
from boards import Board

_HERE = Path(__file__).parent
_APT = (
    'APT::Install-Recommends "false"', 'Acquire::Languages "none"', 'Acquire::Check-Valid-Until "false"',
    'Acquire::Retries "3"',
)  # fmt: skip
_LEFT_OUT = ("/usr/share/man/*", "/usr/share/doc/*", "/usr/share/info/*", "/usr/share/locale/*", "/usr/share/lintian/*")
_KEPT = ("/usr/share/doc/*/copyright", "/usr/share/locale/zh_CN/*", "/usr/share/locale/locale.alias")


def make(board: Board, tar: Path, debs: Path) -> None:
    """Raises `sources.NoSource`; needs root. Files newer than SOURCE_DATE_EPOCH are set back to it."""
    debs.mkdir(parents=True, exist_ok=True)
    packages = [*listed(), *board.packages]
    words = ["mmdebstrap", "--quiet", "--mode=root", "--variant=essential", f"--architectures={board.architecture}"]
    words += [f"--include={','.join(packages)}", *(f"--aptopt={option}" for option in _APT)]
    words += [f"--dpkgopt=path-exclude={pattern}" for pattern in _LEFT_OUT]
    words += [f"--dpkgopt=path-include={pattern}" for pattern in _KEPT]
    cache, inside = shlex.quote(str(debs)), "/var/cache/apt/archives"
    words += ["--skip=download/empty", "--skip=essential/unlink"]
    words += ['--setup-hook=mkdir -p "$1"/var/cache/apt/archives', f"--setup-hook=sync-in {cache} {inside}"]
    words += [f"--customize-hook=sync-out {inside} {cache}", sources.SUITE, str(tar)]
    words += sources.lines(board.components, os.environ.get("MIRROR", ""))
    # The kernel's package would make an early start of its own, which takes minutes for another processor.
    subprocess.run(words, check=True, env={**os.environ, "INITRD": "No"})


def listed() -> list[str]:
    lines = (_HERE / "packages-image.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]
