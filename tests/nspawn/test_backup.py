"""The units of the backup under a real systemd: a stick is marked, filled by the fenced nightly run, and a restore stops
the intake for as long as it takes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.box import loops
from tests.box.updates import Bench
from tests.nspawn import machine
from tests.nspawn.machine import Machine
from tests.nspawn.test_box import LESSON, PARTS, prepare

pytestmark = [
    pytest.mark.slow,
    pytest.mark.root,
    pytest.mark.skipif(bool(machine.cannot()), reason=machine.cannot() or "make test-nspawn"),
]
HOME = "/data/lessonbox"


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    if why := loops.cannot():
        pytest.skip(why)
    image = tmp_path_factory.mktemp("stick") / "stick.img"
    loops.make("ext4", image, LESSON, 200)
    device = loops.attach(image)
    yield device
    loops.detach(device)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory, stick: Path) -> Iterator[Machine]:
    bench = Bench(tmp_path_factory.mktemp("bench"))
    place = tmp_path_factory.mktemp("machine")
    with machine.booted(place, f"--bind={stick}", prepare=lambda root: prepare(root, bench)) as box:
        wait(lambda: box.get("/health")[0] == 200, box, machine.UP)
        box.inside("systemctl", "start", f"lessonbox-usb@{stick.name}.service")
        yield box


def wait(true: Callable[[], Any], box: Machine, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, box.log()
        time.sleep(0.5)


def note(box: Machine, name: str) -> dict[str, Any]:
    return json.loads(box.inside("cat", f"{HOME}/{name}", check=False) or "{}")


def ask(box: Machine, act: str, disk: str) -> dict[str, Any]:
    """As the page asks; what the unit then says."""
    told = json.dumps({"act": act, "disk": disk})
    unit = "backup" if act == "drill" else act
    box.inside("rm", "-f", f"{HOME}/run/backup.json")
    box.inside("sh", "-c", f"umask 7; echo '{told}' > {HOME}/run/{unit}-asked.json")
    wait(lambda: note(box, "run/backup.json").get("step") in ("done", "failed"), box)
    return note(box, "run/backup.json")


def test_the_chosen_stick_is_mounted_to_be_written_to_by_the_nightly_run(box: Machine, stick: Path) -> None:
    wait(lambda: box.lessonbox("watch", "deliveries")["deliveries"], box)
    assert ask(box, "mark", stick.name)["step"] == "done", box.log()
    [number] = note(box, "backup/disks.json")
    mounted = box.inside("findmnt", "-n", "-o", "OPTIONS", f"/run/lessonbox/backup/{stick.name}")
    assert {"rw", "nosuid", "nodev", "noexec"} <= set(mounted.split(","))
    assert box.lessonbox("web", "backup", "key")["code"].count("-") == 7
    assert ask(box, "backup", number)["step"] == "done", box.log()
    assert note(box, "backup/disks.json")[number]["snapshot"] == 1
    assert box.property("lessonbox-backup.service", "Result") == "success"
    assert ask(box, "drill", number)["says"] == "全部恢复得出来，一份不少"


def test_plugged_in_again_it_is_no_delivery_and_the_timers_run_goes_on(box: Machine, stick: Path) -> None:
    unit = f"lessonbox-usb@{stick.name}.service"
    before = len(box.lessonbox("watch", "deliveries")["deliveries"])
    box.inside("systemctl", "stop", unit)
    assert box.inside("ls", "/run/lessonbox/backup") == ""
    box.inside("systemctl", "start", unit)
    box.inside("systemctl", "start", "lessonbox-backup.service")
    [known] = note(box, "backup/disks.json").values()
    assert (known["snapshot"], known["trouble"]) == (2, "")
    assert len(box.lessonbox("watch", "deliveries")["deliveries"]) == before


def test_a_restore_stops_the_intake_and_however_it_ends_the_intake_goes_on(box: Machine) -> None:
    before = box.property(PARTS["watch"], "MainPID")
    [number] = note(box, "backup/disks.json")
    key = box.root / "data/lessonbox/secret/restore.key"
    box.inside("cp", "-a", f"{HOME}/secret/backup.key", f"{HOME}/secret/{key.name}")
    told = ask(box, "restore", number)
    assert (told["step"], "已经收过 1 次投递" in told["says"]) == ("failed", True)
    box.until(PARTS["watch"], "active")
    box.until(PARTS["courier"], "active")
    assert box.property(PARTS["watch"], "MainPID") != before
