"""The units laid out as on a box, in a root of their own: systemd's tools read them without a running systemd."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = Path(__file__).parents[2] / "systemd"
SYSTEM = Path("/usr/lib/systemd/system")
PROGRAMS = ("opt/lessonbox/.venv/bin/lessonbox", "bin/sh", "bin/sleep", "usr/bin/cage", "usr/bin/env")


def analyze(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`systemd-analyze` over the units below `root`."""
    command = ["systemd-analyze", words[0], f"--root={root}", *words[1:]]
    return subprocess.run(command, text=True, capture_output=True, timeout=60)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("systemd-analyze") or not SYSTEM.is_dir():
        pytest.skip("systemd-analyze is missing: apt-get install systemd")
    root = tmp_path_factory.mktemp("root")
    subprocess.run([UNITS / "install.sh", "--root", root], check=True)
    lay_system(root / "usr/lib/systemd/system")
    for program in PROGRAMS:
        path = root / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    return root


def lay_system(folder: Path) -> None:
    """The targets and slices that ours refer to."""
    folder.mkdir(parents=True)
    for kind in ("*.target", "*.slice"):
        for unit in SYSTEM.glob(kind):
            shutil.copy(unit, folder)
