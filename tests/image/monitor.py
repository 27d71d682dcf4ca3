"""qemu's own line for commands (QMP)."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any


class Monitor:
    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._lines = self._socket.makefile("rw")
        self._lines.readline()
        self.events: list[dict[str, Any]] = []
        self.command("qmp_capabilities")

    def command(self, name: str, **arguments: Any) -> Any:
        """Raises RuntimeError with qemu's words."""
        self._lines.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
        self._lines.flush()
        while True:
            answer = json.loads(self._lines.readline())
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise RuntimeError(answer["error"])
            self.events.append(answer)

    def person(self, line: str) -> str:
        """A command of those that are meant for people; what it said, "" when all is well."""
        return str(self.command("human-monitor-command", **{"command-line": line})).strip()
