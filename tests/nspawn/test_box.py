"""The installed box under a real systemd: from boot to a page, sandboxes, sticks, watchdog, failures, undo.

One boot for all; the tests stand in the order in which they leave it usable for the next one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.catalog.schema import STEPS
from tests.box import loops
from tests.box.test_firstboot import FILE
from tests.box.updates import Bench
from tests.nspawn import machine
from tests.nspawn.machine import Machine
from tests.systemd.words import UNITS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.root,
    pytest.mark.skipif(bool(machine.cannot()), reason=machine.cannot() or "make test-nspawn"),
]
PARTS = {"web": "lessonbox-web.service", "watch": "lessonbox-watch.service", "courier": "lessonbox-courier.service"}
LESSON = {"示例一小/三年级数学《分数》教师甲/教学设计.txt": "一份教案".encode()}
_QUICK = "[Unit]\nStartLimitBurst=2\n[Service]\nWatchdogSec=6\nRestartSec=200ms\n"


def prepare(root: Path, bench: Bench) -> None:
    lay_slots(root, bench)
    settings = root / "settings"
    settings.mkdir()
    (settings / "lessonbox.toml").write_text(FILE)
    for path in (settings, settings / "lessonbox.toml"):
        os.chown(path, 974, 970)
        path.chmod(0o700)
    folder = root / "etc/systemd/system/lessonbox-watch.service.d"
    folder.mkdir(exist_ok=True)
    (folder / "90-test.conf").write_text(_QUICK)
    # Without udev there are no device units that one could be bound to.
    unit = root / "etc/systemd/system/lessonbox-usb@.service"
    unit.write_text(re.sub(r"^(BindsTo|After)=.*\n", "", unit.read_text(), flags=re.M))


def lay_slots(root: Path, bench: Bench) -> None:
    """The marks of a box with slots, and an update file where a stick would have it. It does not start anew here."""
    shutil.rmtree(root / "boot")
    shutil.copytree(bench.box.boot, root / "boot")
    shutil.copytree(bench.top / "keys", root / "etc/lessonbox/update-keys")
    (root / "usr/lib/os-release").write_text("ID=debian\nIMAGE_VERSION=1.0\n")
    (root / "updates").mkdir()
    shutil.copy(bench.update(schema_to=len(STEPS)), root / "updates/u.lessonbox-update")
    unit = root / "etc/systemd/system/lessonbox-update.service"
    unit.write_text(re.sub(r"^(SuccessAction|RebootArgument)=.*\n", "", unit.read_text(), flags=re.M))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"))


@pytest.fixture(scope="module")
def slot(bench: Bench) -> Iterator[Path]:
    if why := loops.cannot():
        pytest.skip(why)
    device = loops.attach(bench.slot)
    yield device
    loops.detach(device)


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    if why := loops.cannot():
        pytest.skip(why)
    image = tmp_path_factory.mktemp("stick") / "stick.img"
    loops.make("ext4", image, LESSON)
    device = loops.attach(image)
    yield device
    loops.detach(device)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory, stick: Path, slot: Path, bench: Bench) -> Iterator[Machine]:
    place = tmp_path_factory.mktemp("machine")
    binds = (f"--bind={stick}", f"--bind={slot}")
    with machine.booted(place, *binds, prepare=lambda root: prepare(root, bench)) as box:
        yield box


def test_from_boot_to_an_answer_of_every_part(box: Machine) -> None:
    began = time.monotonic()
    wanted = {"ok": True, "catalog": True, "web": True, "watch": True, "courier": True}
    while time.monotonic() - began < machine.UP:
        status, body = box.get("/health")
        if status == 200 and json.loads(body) == wanted:
            break
        time.sleep(0.5)
    assert (status, json.loads(body or "{}")) == (200, wanted), box.log()
    assert box.inside("systemctl", "list-units", "--failed", "--no-legend", "--plain", "lessonbox*") == ""


def test_systemd_understood_every_word(box: Machine) -> None:
    said = box.inside("journalctl", "--no-pager", "-o", "cat", "-b")
    assert [line for line in said.splitlines() if "lessonbox" in line and "nknown" in line] == []


def test_the_box_was_set_up_by_its_file_and_the_password_is_gone(box: Machine) -> None:
    settings = box.root / "settings"
    assert [path.name for path in settings.iterdir()] == ["lessonbox-done.toml"]
    assert "一二三四" not in (settings / "lessonbox-done.toml").read_text()
    assert 'name = "示例县教育局"' in box.inside("cat", "/data/lessonbox/station.toml")
    assert "Address=192.168.1.20/24" in box.inside("cat", "/run/systemd/network/10-lessonbox.network")
    assert box.lessonbox("web", "user", "list")["users"] == [{"name": "技术员甲", "role": "technician", "disabled": 0}]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_runs_as_its_own_user_without_any_power(box: Machine, part: str) -> None:
    pid = box.property(PARTS[part], "MainPID")
    lines = dict(
        line.split(":\t", 1) for line in box.inside("cat", f"/proc/{pid}/status").splitlines() if ":\t" in line
    )
    assert box.inside("stat", "-c", "%U", f"/proc/{pid}") == f"lessonbox-{part}"
    powers = {name: lines[name].strip() for name in ("CapEff", "CapBnd", "NoNewPrivs", "Seccomp")}
    assert powers == {"CapEff": "0" * 16, "CapBnd": "0" * 16, "NoNewPrivs": "1", "Seccomp": "2"}


def test_nothing_listens_but_the_pages(box: Machine) -> None:
    listening = [line.split()[3] for line in box.inside("ss", "-Hltn").splitlines()]
    assert {address.rpartition(":")[2] for address in listening} == {"8080"}


def test_the_watcher_has_no_network_and_reaches_no_key(box: Machine) -> None:
    pid = box.property(PARTS["watch"], "MainPID")
    assert box.inside("nsenter", "-t", pid, "-n", "ip", "-o", "link").count("\n") == 0  # only "lo"
    assert box.inside("nsenter", "-t", pid, "-m", "stat", "-c", "%a", "/data/lessonbox/secret") == "0"


def test_a_stick_is_mounted_taken_in_by_the_fenced_watcher_and_gone_when_its_unit_stops(
    box: Machine, stick: Path
) -> None:
    unit = f"lessonbox-usb@{stick.name}.service"
    box.inside("systemctl", "start", unit)
    deadline = time.monotonic() + 40
    while not (taken := box.lessonbox("watch", "deliveries")["deliveries"]):
        assert time.monotonic() < deadline, box.log()
        time.sleep(0.5)
    assert (len(taken), taken[0]["source"]) == (1, f"U 盘 {stick.name}")
    box.inside("systemctl", "stop", unit)
    assert box.inside("ls", "/run/lessonbox/usb") == ""
    pid = box.property(PARTS["watch"], "MainPID")
    assert "/run/lessonbox/usb/" not in box.inside("cat", f"/proc/{pid}/mountinfo")


def test_an_update_that_was_confirmed_is_written_by_its_unit(box: Machine, slot: Path, bench: Bench) -> None:
    box.inside(
        "sh",
        "-c",
        f"mkdir -p /run/lessonbox /dev/lessonbox; echo a >/run/lessonbox/slot; ln -s {slot} /dev/lessonbox/root-b",
    )
    asked = json.dumps({"path": "/updates/u.lessonbox-update", "digest": "", "version": "1.1", "by": "技术员甲"})
    box.inside("systemctl", "start", "lessonbox-update.path")
    box.inside("sh", "-c", f"umask 7; echo '{asked}' >/data/lessonbox/run/update-asked.json")
    deadline = time.monotonic() + 60
    while "written" not in box.inside("cat", "/data/lessonbox/run/update.json", check=False):
        assert time.monotonic() < deadline, box.log()
        time.sleep(0.5)
    assert bench.slot_holds_the_update()
    entries = box.inside("ls", "/boot/loader/entries").split()
    assert entries == ["lessonbox-a.conf", "lessonbox-b+3.conf"]
    assert box.get("/health")[0] == 200


def test_a_part_that_hangs_is_ended_and_started_again(box: Machine) -> None:
    unit = PARTS["watch"]
    before = box.property(unit, "MainPID")
    box.inside("kill", "-STOP", before)
    deadline = time.monotonic() + 60
    while box.property(unit, "MainPID") in (before, "0"):
        assert time.monotonic() < deadline, box.log()
        time.sleep(0.5)
    box.until(unit, "active")


def test_a_part_that_is_given_up_is_told_on_the_screen(box: Machine) -> None:
    unit = PARTS["watch"]
    box.inside("sed", "-i", "s/^quiet/x/; $ a broken = 1", "/data/lessonbox/station.toml")
    box.until(unit, "failed")
    box.until("lessonbox-failure@lessonbox-watch.service", "inactive")
    box.inside("sed", "-i", "/^broken/d", "/data/lessonbox/station.toml")
    told = {check["name"]: check for check in box.lessonbox("web", "doctor")["checks"]}
    assert told["故障记录"]["says"].startswith("停止过：收件与检查 于 20")
    box.inside("systemctl", "reset-failed", unit)
    box.inside("systemctl", "start", unit)
    box.until(unit, "active")


def test_undo_takes_away_every_file_that_install_laid_and_no_other(box: Machine) -> None:
    laid = {
        str(path.relative_to(box.root))
        for place in (
            "etc/systemd",
            "etc/udev",
            "etc/sysusers.d",
            "etc/tmpfiles.d",
            "etc/sysctl.d",
            "etc/modules-load.d",
        )
        for path in (box.root / place).rglob("*lessonbox*")
    }
    assert len(laid) > len(list(UNITS.glob("*.service")))
    box.inside("/opt/lessonbox/systemd/install.sh", "--undo")
    left = {name for name in laid if (box.root / name).exists() or (box.root / name).is_symlink()}
    assert {name for name in left if "90-test.conf" not in name and not name.endswith(".d")} == set()
    assert box.inside("systemctl", "list-units", "--no-legend", "--state=active", "lessonbox*") == ""
    assert 'name = "示例县教育局"' in box.inside("cat", "/data/lessonbox/station.toml")
