"""A new slot that does not start, on a box whose clock has no battery: it goes back by itself. `make test-image`"""

from __future__ import annotations

import json
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.image import made, office
from tests.image.machine import Machine

pytestmark = [
    pytest.mark.slow, pytest.mark.image,
    pytest.mark.skipif(bool(made.cannot_start()), reason=made.cannot_start() or "-"),
]  # fmt: skip
_ENTRY = "title LessonBox b\nversion 999\nsort-key lessonbox\nlinux /a/vmlinuz\ninitrd /a/initrd\noptions {options}\n"
_TRIES = 2


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Slot B is the newer one, to be tried twice, and there is nothing in it; it is the year 2000."""
    place = tmp_path_factory.mktemp("bad-slot")
    card = made.flashed(place, office.SETTINGS)
    options = re.search(r"^options (.*)$", made.taken(card, "boot", made.ENTRY), re.M)
    assert options
    entry = _ENTRY.format(options=options[1].replace("lessonbox.slot=a", "lessonbox.slot=b"))
    made.put(card, "boot", f"loader/entries/lessonbox-b+{_TRIES}.conf", entry.encode())
    with Machine(card, place / "pc", more=("-rtc", "base=2000-01-01T00:00:00")) as machine:
        yield machine


def test_after_its_tries_the_box_starts_the_old_slot_by_itself(box: Machine, tmp_path: Path) -> None:
    box.wait_for_health()
    box.stop()
    whole = tmp_path / "after.img"
    subprocess.run(["qemu-img", "convert", "-O", "raw", "-S", "4k", box.disk, whole], check=True)
    assert f"lessonbox-b+0-{_TRIES}.conf" in made.listed(whole, "boot", "loader/entries")
    box.start()


def test_a_clock_from_the_year_2000_starts_no_earlier_than_the_build(box: Machine) -> None:
    box.wait_for_health()
    with urllib.request.urlopen(f"http://127.0.0.1:{box.port}/health", timeout=60) as answer:
        told = parsedate_to_datetime(answer.headers["Date"]).timestamp()
    assert told >= json.loads((made.OUT / "lessonbox-pc.json").read_text())["epoch"]
