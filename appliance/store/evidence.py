"""Pictures that show what a probe saw: contact sheets, title cards. For people; nothing is decided by them.

They are known by the hash of the file that they show and can be made again from it, so they are not backed up, and
one that is lost in a power cut is no loss.
"""

from __future__ import annotations

import re
from pathlib import Path

from appliance.store.files import replacing

_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


class Evidence:
    def __init__(self, root: Path) -> None:
        self.root = root

    def save(self, sha256: str, name: str, data: bytes) -> None:
        """`data`: a JPEG. An older picture of the same name is replaced."""
        path = self._place(sha256, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as out:
            out.write(data)

    def path(self, sha256: str, name: str) -> Path | None:
        """None when there is no such picture."""
        path = self._place(sha256, name)
        return path if path.is_file() else None

    def _place(self, sha256: str, name: str) -> Path:
        """Raises `ValueError` for what is no hash or no name of a picture: both may come from a request."""
        if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not _NAME.fullmatch(name):
            raise ValueError(f"no picture is called {sha256[:80]!r}/{name[:80]!r}")
        return self.root / sha256[:2] / sha256 / f"{name}.jpg"
