"""A container that boots this machine's root, with the box installed in it by `systemd/install.sh`.

An overlay lies over the root, so nothing here changes and nothing is downloaded. No udev runs inside: devices are given.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.structure.tracked import ROOT, tracked

TOOLS = ("systemd-nspawn", "nsenter", "systemd-sysusers", "curl")
UP = 90.0  # seconds in which the first page must answer
_WRAPPER = """#!/bin/sh
export PYTHONPATH=/opt/lessonbox:/opt/site LD_LIBRARY_PATH=/opt/python/lib
exec /opt/python/bin/{python} -m appliance.cli "$@"
"""
# The virtual network has no card; what belongs to a desk or to hardware is not what is tried here.
_MASKED = ("systemd-networkd.service", "systemd-resolved.service", "systemd-timesyncd.service", "getty.target",
           "systemd-udevd.service", "console-getty.service", "systemd-logind.service", "apt-daily.timer")  # fmt: skip


def cannot() -> str:
    """Why no container can be started here; "" when one can."""
    if os.geteuid() != 0:
        return "containers need root: sudo make test-nspawn"
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        return f"missing {' '.join(missing)}: apt-get install systemd-container util-linux curl"
    if not Path("/usr/lib/systemd/systemd").exists():
        return "missing systemd: apt-get install systemd"
    return "" if "overlay" in Path("/proc/filesystems").read_text() else "this kernel has no overlay file system"


class Machine:
    """`inside(words)` runs a command in it; `get(path)` asks its pages."""

    def __init__(self, root: Path, leader: int, process: subprocess.Popen[bytes]) -> None:
        self.root, self.leader, self.process = root, leader, process

    def inside(self, *words: object, check: bool = True) -> str:
        command = ["nsenter", "-t", str(self.leader), "-m", "-p", "-u", "-i", "-n", "-C", *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
        if check and done.returncode:
            raise AssertionError(f"{words}: {done.stdout}{done.stderr}{self.log()}")
        return done.stdout.strip()

    def get(self, path: str) -> tuple[int, str]:
        """(status, body); 0 when nobody answers."""
        command = ["nsenter", "-t", str(self.leader), "-n", "curl", "-s", "-m", "20", "-w", "\\n%{http_code}"]
        done = subprocess.run([*command, f"http://127.0.0.1:8080{path}"], capture_output=True, text=True)
        body, _, status = done.stdout.rpartition("\n")
        return int(status or 0), body

    def property(self, unit: str, name: str) -> str:
        return self.inside("systemctl", "show", "--value", f"--property={name}", unit)

    def lessonbox(self, user: str, *words: object) -> Any:
        command = ["setpriv", f"--reuid=lessonbox-{user}", "--regid=lessonbox", "--clear-groups"]
        program = "/opt/lessonbox/.venv/bin/lessonbox"
        return json.loads(self.inside(*command, program, *words, "--home", "/data/lessonbox", "--json", check=False))

    def until(self, unit: str, state: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while (now := self.property(unit, "ActiveState")) != state:
            if time.monotonic() > deadline:
                raise AssertionError(f"{unit} is {now}, not {state}: {self.log()}")
            time.sleep(0.3)

    def log(self) -> str:
        return self.inside("journalctl", "--no-pager", "-n", "60", "-o", "cat", check=False)


@contextmanager
def booted(place: Path, *more: str, prepare: Any = None) -> Iterator[Machine]:
    """`place`: an empty folder. `more`: words for systemd-nspawn. `prepare(root)` runs before the boot."""
    with _overlay(place) as root:
        _install(root)
        if prepare:
            prepare(root)
        for name in ("/opt/python", "/opt/site"):
            (root / name.lstrip("/")).mkdir(parents=True, exist_ok=True)
        words = [
            "systemd-nspawn", "-q", "-D", str(root), "--register=no", "--keep-unit", "--private-network", "-b",
            "--console=pipe", f"--bind-ro={sys.base_prefix}:/opt/python",
            f"--bind-ro={sysconfig.get_path('purelib')}:/opt/site", *more,
        ]  # fmt: skip
        with (place / "console.log").open("wb") as log:
            process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield Machine(root, _leader(process), process)
        finally:
            process.terminate()
            process.wait(60)


def _leader(process: subprocess.Popen[bytes]) -> int:
    """The first process of the container, as seen from outside."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError("the container ended at once")
        for child in children.read_text().split():
            if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return int(child)
        time.sleep(0.1)
    raise AssertionError("no systemd in the container")


@contextmanager
def _overlay(place: Path) -> Iterator[Path]:
    for name in ("layer", "root"):
        (place / name).mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4g,mode=755", "tmpfs", place / "layer"], check=True)
    for name in ("up", "work"):
        (place / "layer" / name).mkdir()
    options = f"lowerdir=/,upperdir={place}/layer/up,workdir={place}/layer/work"
    try:
        subprocess.run(["mount", "-t", "overlay", "-o", options, "overlay", place / "root"], check=True)
        try:
            yield place / "root"
        finally:
            subprocess.run(["umount", "-l", place / "root"], check=True)
    finally:
        subprocess.run(["umount", "-l", place / "layer"], check=True)


def _install(root: Path) -> None:
    """The box as a technician installs it; this machine's own services stay out of it."""
    for path in sorted((root / "etc/systemd/system").iterdir()):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    (root / "etc/fstab").write_text("")
    (root / "etc/machine-id").unlink(missing_ok=True)
    (root / "etc/machine-id").write_text(f"{uuid.uuid4().hex}\n")
    shutil.rmtree(root / "var/log/journal", ignore_errors=True)
    program = root / "opt/lessonbox"
    shutil.rmtree(program, ignore_errors=True)
    for path in tracked():
        if path.parts[len(ROOT.parts)] in ("appliance", "web", "sync", "systemd"):
            target = program / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
    wrapper = program / ".venv/bin/lessonbox"
    wrapper.parent.mkdir(parents=True)
    wrapper.write_text(_WRAPPER.format(python=f"python{sys.version_info[0]}.{sys.version_info[1]}"))
    wrapper.chmod(0o755)
    subprocess.run([program / "systemd/install.sh", "--root", root], check=True)
    subprocess.run(["systemd-sysusers", f"--root={root}", "lessonbox.conf"], check=True, capture_output=True)
    subprocess.run(["systemctl", f"--root={root}", "--quiet", "mask", *_MASKED], check=True)
    subprocess.run(["systemctl", f"--root={root}", "--quiet", "set-default", "multi-user.target"], check=True)
    (root / "data").mkdir(exist_ok=True)
