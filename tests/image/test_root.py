"""The built root from its first start to the first receipt, in a container: minutes less than in qemu."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import samples
from tests.image import container, office
from tests.image.machine import until

pytestmark = [
    pytest.mark.slow, pytest.mark.image, pytest.mark.root,
    pytest.mark.skipif(bool(container.cannot()), reason=container.cannot() or "-"),
]  # fmt: skip
PARTS = {"catalog", "courier", "ok", "watch", "web"}
# The pages, and the box's name in the office's network; the resolver answers the box itself only.
LISTENS = {"*:8080", "0.0.0.0:5353", "[::]:5353", "127.0.0.53%lo:53", "127.0.0.54:53"}


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[container.Container]:
    with container.started(tmp_path_factory.mktemp("root"), office.SETTINGS) as started:
        until(lambda: parts(started) == dict.fromkeys(PARTS, True), 300, "not every part is at work")
        yield started


def parts(box: container.Container) -> dict[str, bool]:
    answer = box.get("/health")
    return json.loads(answer) if answer.startswith("{") else {}


def test_no_unit_of_the_whole_system_fails(box: container.Container) -> None:
    assert box.inside("systemctl", "--failed", "--no-legend", "--plain").strip() == ""


def test_the_first_start_did_what_the_file_said_and_wiped_the_password(box: container.Container) -> None:
    station = (box.place / "data/lessonbox/station.toml").read_text()
    assert "示例县教育局" in station and "360731" in station
    left = {path.name: path.read_text() for path in (box.place / "settings").iterdir()}
    assert set(left) == {"lessonbox-done.toml"}
    assert office.PASSWORD not in left["lessonbox-done.toml"]


def test_nothing_listens_but_what_the_manual_names(box: container.Container) -> None:
    rows = box.inside("ss", "-H", "-l", "-n", "-t", "-u").splitlines()
    found = {re.split(r"\s+", row)[4] for row in rows}
    assert "*:8080" in found
    assert found <= LISTENS


def test_the_system_cannot_be_written_and_the_data_can(box: container.Container) -> None:
    assert box.inside("sh", "-c", "touch /etc/x /usr/x /opt/x; ls /etc/x /usr/x /opt/x") == ""
    assert box.inside("sh", "-c", "touch /var/x && echo yes").strip() == "yes"


def test_a_lesson_is_taken_and_checked_by_the_images_own_programs(box: container.Container, tmp_path: Path) -> None:
    samples.lay("design_only", tmp_path / "stick")
    playing = box.place / "data/lessonbox/drops/usb/stick"
    shutil.copytree(tmp_path / "stick", playing)

    def checked() -> list[dict]:
        said = json.loads(box.lessonbox("watch", "deliveries") or "{}")
        rows = said["deliveries"] if isinstance(said, dict) else said
        return [row for row in rows if row["state"] == "checked"]

    [delivery] = until(checked, 300, "the lesson was not checked")
    assert delivery["receipt"]
