"""What a technician finds on the partition that any PC shows: how to set the box up before its first start."""

from __future__ import annotations

import subprocess
import sys

import python_env


def files() -> dict[str, bytes]:
    """The sample that the box itself prints, with the line ends that Windows' editor wants. The box does not read it:
    it has another name."""
    words = [sys.executable, "-m", "appliance.cli", "firstboot", "--sample"]
    text = subprocess.run(words, check=True, capture_output=True, text=True, cwd=python_env.ROOT).stdout
    return {"lessonbox-sample.toml": text.replace("\n", "\r\n").encode()}
