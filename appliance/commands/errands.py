"""What the path units do under systemd, for `lessonbox run`: carries out what a page has asked for, one at a time."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Collection
from pathlib import Path

ERRANDS = {"backup": (), "restore": ("watch", "courier")}
"""Command → parts that must not run meanwhile."""


class Errands:
    def __init__(self, home: Path, command: Callable[[str], list[str]]) -> None:
        """`command`: the words that start a command of ours."""
        self.home, self.command = home, command
        self.wanted = ""
        self.process: subprocess.Popen | None = None

    def holds(self, part: str) -> bool:
        """Whether a part must end, or may not start, for the sake of what is asked for."""
        return part in ERRANDS.get(self.wanted, ())

    def tend(self, running: Collection[str]) -> None:
        """`running`: parts that have a process now."""
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:  # one that could not even begin is not begun for ever
            self._note(self.wanted).unlink(missing_ok=True)
        self.process = None
        asked = (name for name in ERRANDS if self._note(name).exists())
        self.wanted = next(asked, "")
        if self.wanted and not set(ERRANDS[self.wanted]) & set(running):
            self.process = subprocess.Popen([*self.command(self.wanted), "--asked"])

    def _note(self, name: str) -> Path:
        return self.home / f"run/{name}-asked.json"

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
