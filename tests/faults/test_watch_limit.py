"""F15: the kernel's watch limit is reached; the rescan finds what came all the same, also what lay there at the start."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.catalog import Catalog
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import lay
from tests.pipeline.test_watch import wait_for

_LIMIT = "/proc/sys/user/max_inotify_watches"  # of a user namespace of its own: nobody else is hindered
CANNOT = (
    ""
    if shutil.which("unshare")
    and subprocess.run(["unshare", "-Ur", "sh", "-c", f"echo 0 > {_LIMIT}"], capture_output=True).returncode == 0
    else "no user namespace of one's own here: sudo make test TESTS=tests/faults/test_watch_limit.py"
)


@pytest.mark.fault("F15")
@pytest.mark.skipif(bool(CANNOT), reason=CANNOT or "-")
def test_without_a_single_watch_every_stick_is_taken_once(station: Station, catalog: Catalog, tmp_path: Path) -> None:
    usb = station.folder("drops/usb")
    lay(usb / "早在的", {"示例一小/三年级数学《分数》教师甲/教学设计.txt": b"one"})
    command = f'echo 0 > {_LIMIT}; exec "$@"'
    watch = [sys.executable, "-m", "appliance.cli", "watch", "--home", str(station.home)]
    box = subprocess.Popen(["unshare", "-Ur", "sh", "-c", command, "sh", *watch])
    try:
        wait_for(lambda: catalog.db.table("delivery").count == 1, 60)
        lay(tmp_path / "后来的", {"示例一小/三年级数学《小数》教师甲/教学设计.txt": b"two"})
        shutil.copytree(tmp_path / "后来的", usb / "后来的")
        wait_for(lambda: catalog.db.table("delivery").count == 2, 60)
        box.send_signal(signal.SIGTERM)
        assert box.wait(30) == 0
    finally:
        box.kill()
        box.wait()
    invariants.check(station, usb / "后来的")
