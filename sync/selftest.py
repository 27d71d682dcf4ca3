"""Does a cut transfer resume through the rsync and rrsync that are installed? A security update has changed that
once: with `--partial-dir` and rrsync 3.5.0 every byte was lost at each cut. So the box tries, with its own flags.

rsync runs rrsync through a shell that plays ssh: no key, no port, no second station.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync import supervisor
from sync.reception.gate import RRSYNC
from sync.transports.ssh_rsync import FLAGS

SIZE = 24 << 20
SECONDS = 30.0
_PLAYS_SSH = """\
import os, sys
os.environ["SSH_ORIGINAL_COMMAND"] = " ".join(sys.argv[3:])
os.execv(sys.argv[1], [sys.argv[1], "-wo", "-munge", "-no-del", "-no-lock", os.environ["SELFTEST_FOLDER"]])
"""


@dataclass(frozen=True)
class Found:
    """`kept`: bytes there when the line was cut; `sent`: bytes that the second session sent."""

    ok: bool
    says: str
    kept: int = 0
    sent: int = 0
    congestion: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "says": self.says, "kept": self.kept, "sent": self.sent, "congestion": self.congestion}


def resumes() -> Found:
    with tempfile.TemporaryDirectory(prefix="lessonbox-selftest-") as folder:
        return _try(Path(folder))


def _try(root: Path) -> Found:
    if shutil.which("rsync") is None or not Path(RRSYNC).exists():
        return Found(False, "没有安装 rsync 或 rrsync，不能用线路报送")
    source, target = root / "source", root / "target"
    source.mkdir()
    target.mkdir()
    (source / "lesson-1.mp4").write_bytes(os.urandom(SIZE))
    shell = root / "plays_ssh.py"
    shell.write_text(_PLAYS_SSH)
    os.environ["SELFTEST_FOLDER"] = str(target)
    command = [
        "rsync",
        *FLAGS,
        "-e",
        f"{sys.executable} -I {shell} {RRSYNC}",
        "--",
        f"{source}/",
        "station:/lesson/v1/",
    ]
    kept = _cut(command, target)
    outcome = supervisor.run(command, "127.0.0.1")
    whole = (target / "lesson/v1/lesson-1.mp4").read_bytes() == (source / "lesson-1.mp4").read_bytes()
    congestion = _congestion()
    if not outcome.ok or not whole:
        return Found(False, "本机的 rsync 不能把断掉的传输接着送完", kept, outcome.sent, congestion)
    if not kept or outcome.sent > SIZE - kept + (1 << 20):
        return Found(False, "本机的 rsync 断线后会从头再送", kept, outcome.sent, congestion)
    slow = "" if congestion == "bbr" else "；系统没有 BBR，丢包的线路上会慢很多"
    return Found(True, f"断点续传正常{slow}", kept, outcome.sent, congestion)


def _cut(command: list[str], target: Path) -> int:
    """Bytes there after the session was killed on its way."""
    slowed = [command[0], "--bwlimit=8m", *command[1:]]
    process = subprocess.Popen(slowed, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    file, deadline = target / "lesson/v1/lesson-1.mp4", time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if file.exists() and file.stat().st_size > SIZE // 3:
            break
        time.sleep(0.05)
    supervisor.end(process)
    return file.stat().st_size if file.exists() else 0


def _congestion() -> str:
    """Which rule a connection of ours will run under."""
    available = Path("/proc/sys/net/ipv4/tcp_available_congestion_control")
    current = Path("/proc/sys/net/ipv4/tcp_congestion_control")
    if available.exists() and "bbr" in available.read_text().split():
        return "bbr"
    return current.read_text().strip() if current.exists() else "unknown"
