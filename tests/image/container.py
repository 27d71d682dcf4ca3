"""The built root under a real systemd, read-only and at the full speed of this machine: no kernel of its own, no disk.

What is the kernel's, the boot loader's and the disk's is tried in qemu (machine.py).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.image import made

_PORT = 8080


def cannot() -> str:
    """Why no container can be started here; "" when one can."""
    if why := made.not_made():
        return why
    if os.geteuid() != 0:
        return "containers need root: sudo make test-image"
    missing = [tool for tool in ("systemd-nspawn", "nsenter", "curl") if not shutil.which(tool)]
    return f"missing {' '.join(missing)}: apt-get install systemd-container util-linux curl" if missing else ""


class Container:
    def __init__(self, process: subprocess.Popen[bytes], place: Path) -> None:
        self._process, self.place = process, place
        self._leader = self._wait_for_leader()

    @property
    def root(self) -> Path:
        """Its files, /run and all, as this machine sees them."""
        return Path(f"/proc/{self._leader}/root")

    def get(self, path: str) -> str:
        """The body; "" while nobody answers."""
        return self._in("-n", "curl", "-s", "-m", "20", f"http://127.0.0.1:{_PORT}{path}")

    def inside(self, *words: str) -> str:
        return self._in("-m", "-p", "-u", "-i", "-n", "-C", *words)

    def lessonbox(self, user: str, *words: str) -> str:
        """A command of the box as one of its users; what it printed."""
        who = ("setpriv", f"--reuid=lessonbox-{user}", "--regid=lessonbox", "--clear-groups")
        program = "/opt/lessonbox/.venv/bin/lessonbox"
        return self.inside(*who, program, *words, "--home", "/data/lessonbox", "--json")

    def _in(self, *words: str) -> str:
        command = ["nsenter", "-t", str(self._leader), *words]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout

    def _wait_for_leader(self) -> int:
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if found := children.read_text().split():
                return int(found[0])
            time.sleep(0.1)
        raise AssertionError((self.place / "console.log").read_text())


@contextmanager
def started(place: Path, settings: str) -> Iterator[Container]:
    """`settings`: what stands in lessonbox.toml; "": there is none. The root stays as built: it is given read-only."""
    for name in ("data", "var", "settings"):
        (place / name).mkdir(parents=True)
    if settings:
        (place / "settings/lessonbox.toml").write_text(settings)
    for path in (place / "settings", *(place / "settings").iterdir()):
        os.chown(path, 974, 970)  # as fstab gives the FAT partition to lessonbox-setup
    words = [
        "systemd-nspawn",
        "-q",
        "-D",
        made.TREE,
        "--read-only",
        "--register=no",
        "--keep-unit",
        "--private-network",
    ]
    words += ["-b", "--console=pipe", "--bind-ro=/dev/null:/etc/fstab"]
    words += [f"--bind={place / name}:/{name}" for name in ("data", "var", "settings")]
    with (place / "console.log").open("wb") as log:
        process = subprocess.Popen(list(map(str, words)), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield Container(process, place)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:  # still starting somewhere: the second word ends it as a plug that is pulled
            process.terminate()
            process.wait(60)
