from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.systemd.conftest import UNITS, analyze

ALL = sorted(
    path.name for path in UNITS.iterdir() if path.suffix in (".service", ".socket", ".timer", ".path", ".target")
)
# Exposure by systemd's own table, as reached. 1.0 is the promise for each that is not in CANNOT.
EXPOSURE = {
    "lessonbox-web.service": 0.6,
    "lessonbox-watch.service": 0.3,
    "lessonbox-courier.service": 1.0,
    "lessonbox-sshd.service": 1.0,
    "lessonbox-share.service": 3.4,
    "lessonbox-backup.service": 0.3,
    "lessonbox-restore.service": 0.3,
    "lessonbox-mark.service": 4.0,
    "lessonbox-printer.service": 0.5,
    "lessonbox-firstboot.service": 0.3,
    "lessonbox-health.service": 0.2,
    "lessonbox-keep.service": 0.6,
    "lessonbox-trial-over.service": 0.6,
    "lessonbox-update.service": 0.9,
    "lessonbox-disks.service": 1.3,
    "lessonbox-kiosk.service": 4.5,
    "lessonbox-failure@.service": 0.3,
    "lessonbox-usb@.service": 4.0,
}
CANNOT = {
    "lessonbox-kiosk.service": "a browser fences its own parts with name spaces and compiles what pages bring",
    "lessonbox-mark.service": "mounts where others see it, as the mounter of sticks does",
    "lessonbox-usb@.service": "mounts where others see it: root, and no name space of its own",
    "lessonbox-disks.service": "the kernel lets only two great powers ask a disk how it is",
    "lessonbox-share.service": "smbd becomes the writer's user for each connection: root, and users as they are",
}


@pytest.mark.parametrize("unit", ALL)
def test_systemd_has_nothing_to_say_about_a_unit(root: Path, unit: str) -> None:
    said = analyze(root, "verify", unit)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_a_misspelt_word_would_be_noticed_although_verify_returns_0(root: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "root"
    shutil.copytree(root, wrong, symlinks=True)
    unit = wrong / "etc/systemd/system/lessonbox-web.service"
    unit.write_text(unit.read_text().replace("WatchdogSec=", "WatchdogSecs="))
    assert "Unknown key 'WatchdogSecs'" in analyze(wrong, "verify", unit.name).stderr


@pytest.mark.parametrize("unit", [name for name in ALL if name.endswith(".service")])
def test_a_service_is_exposed_no_more_than_was_reached(root: Path, unit: str) -> None:
    said = analyze(root, "security", "--offline=true", "--no-pager", unit)
    exposure = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", said.stdout)[1])
    assert exposure <= EXPOSURE[unit] and (EXPOSURE[unit] <= 1.0 or unit in CANNOT)


# Only some stations have a port for these; a technician enables them.
ON_REQUEST = {"lessonbox-sshd.service", "lessonbox-share.service", "lessonbox-https.socket"}


def test_install_enables_every_unit_that_can_be_but_those_on_request(root: Path) -> None:
    wanted = {name for name in ALL if re.search(r"^(WantedBy|RequiredBy)=", (UNITS / name).read_text(), re.M)}
    system = root / "etc/systemd/system"
    enabled = {path.name for kind in ("wants", "requires") for path in system.glob(f"*.{kind}/lessonbox*")}
    assert wanted - enabled == {name for name in ON_REQUEST if (UNITS / name).exists()}
