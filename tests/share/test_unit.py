"""The share does its work under the system-call filter of its unit."""

from __future__ import annotations

import ctypes.util
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import make_station
from tests.e2e.ports import free_port
from tests.share.conftest import Share, needs_samba

pytestmark = [
    needs_samba,
    pytest.mark.skipif(not ctypes.util.find_library("seccomp"), reason="libseccomp2 is missing: make packages-dev"),
]


def test_a_school_copies_a_file_to_a_share_behind_the_filter_of_its_unit(tmp_path: Path) -> None:
    station = make_station(tmp_path / "county", more=f"share_port = {(port := free_port())}\n")
    command = [sys.executable, "-m", "tests.systemd.fence", "lessonbox-share.service", "share", "serve"]
    process = subprocess.Popen([*command, "--home", str(station.home)], stdin=subprocess.DEVNULL)
    try:
        school = Share(station, port, process).school("示例一小")
        (tmp_path / "教案.docx").write_bytes(b"plan")
        deadline = time.monotonic() + 30
        while (done := school.do(f'put "{tmp_path}/教案.docx" 教案.docx'))[0]:
            assert time.monotonic() < deadline, done
            time.sleep(0.3)
        assert (school.folder / "教案.docx").read_bytes() == b"plan"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
