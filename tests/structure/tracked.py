"""The files of the repository, as git knows them."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@cache
def tracked() -> list[Path]:
    """Paths below ROOT. Skips where there is no git or no repository: an unpacked archive has neither."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs git and a clone: apt-get install git")
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
    names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The file as text; "" for a picture."""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode(errors="replace")
