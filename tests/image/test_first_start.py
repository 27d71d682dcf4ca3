"""From the flashed card to the first receipt, in one PC that starts once (started.py). `make test-image`"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.image import made, office, seen, started, sticks
from tests.image.machine import Machine, until

pytestmark = [
    pytest.mark.slow, pytest.mark.image,
    pytest.mark.skipif(bool(made.cannot_start()), reason=made.cannot_start() or "-"),
]  # fmt: skip
# What a Debian might have open: ssh, mail, names, web, rpc, Windows' sharing, printing, link-local names, debuggers.
CLOSED = (22, 25, 53, 80, 111, 139, 443, 445, 631, 5355, 8022, 9222)
# How often the plug is pulled amid work; each costs a start, minutes in qemu. The replay of 220 cuts is make test-power.
CUTS = int(os.environ.get("CUTS_IN_QEMU", "1"))


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    kept = started.box()
    print(f"from power to /health: {started.seconds():.0f} s")
    with Machine.gone_on(kept, tmp_path_factory.mktemp("box") / "pc", knock=CLOSED) as machine:
        yield machine


@pytest.fixture(scope="module")
def browser(box: Machine) -> office.Browser:
    return office.Browser(box)


def test_every_part_of_the_box_is_at_work(box: Machine) -> None:
    def whole() -> bool:
        status, body = box.get("/health")
        return status == 200 and b'"watch":true' in body.replace(b" ", b"") and b"false" not in body

    until(whole, 300, "a part is not at work", box)


def test_the_technician_of_the_file_signs_in_and_the_box_has_its_name(browser: office.Browser) -> None:
    assert "示例县教育局" in browser.read("/")


def test_the_data_partition_was_made_as_large_as_the_disk(browser: office.Browser) -> None:
    page = browser.read("/doctor")
    free = re.search(r"([\d.]+)\s*GB", page)
    assert free and float(free[1]) > 4, page[:2000]


def test_from_outside_nothing_listens_but_the_pages(box: Machine) -> None:
    assert [port for port in CLOSED if box.is_open(port)] == []


@pytest.mark.parametrize("kind", sticks.KINDS)
def test_a_stick_is_taken_with_a_receipt_and_stays_as_it_was(
    kind: str, box: Machine, browser: office.Browser, tmp_path: Path
) -> None:
    if why := sticks.cannot_make(kind):
        pytest.skip(why)
    stick = sticks.make(kind, tmp_path)
    before, known = sticks.digest(stick), receipts(browser)
    box.plug(kind, stick)
    until(lambda: receipts(browser) - known, 600, f"the {kind} never has a receipt", box)
    until(lambda: may_be_pulled(browser), 600, f"the desk never says that the {kind} may be pulled", box)
    assert len(receipts(browser) - known) == 1
    until(lambda: "可以拔出" in on_the_screen(box, f"screen-{kind}"), 600, "the screen does not say so", box, 20)
    box.pull(kind)
    until(lambda: not may_be_pulled(browser), 120, "the desk still shows a stick that is gone", box)
    assert sticks.digest(stick) == before


def test_the_boxs_own_screen_waits_for_a_stick_when_none_is_there(box: Machine) -> None:
    until(lambda: "等待插入" in on_the_screen(box, "screen-idle"), 600, "the screen does not say so", box, 20)
    assert seen.fills_the_screen(started.PICTURES / "screen-idle.png")


def test_a_stick_pulled_amid_the_copy_harms_nothing_and_is_taken_when_it_comes_again(
    box: Machine, browser: office.Browser, tmp_path: Path
) -> None:
    stick = sticks.make("fat32", tmp_path, more=40)
    before, known = sticks.digest(stick), receipts(browser)
    box.plug("pulled", stick)
    until(lambda: is_copying(browser), 600, "the desk never says that it copies", box)
    box.pull("pulled")
    until(lambda: not is_copying(browser), 300, "the desk goes on copying a stick that is gone", box)
    assert box.get("/health")[0] == 200
    assert sticks.digest(stick) == before
    box.plug("again", stick)
    until(lambda: may_be_pulled(browser), 900, "the desk never says that it may be pulled", box)
    assert len(receipts(browser) - known) == 1
    box.pull("again")
    assert sticks.digest(stick) == before


def test_a_stick_flashed_with_our_own_image_takes_over_nothing(box: Machine, browser: office.Browser) -> None:
    before = sticks.digest(made.IMAGE)
    box.plug("clone", made.IMAGE)
    time.sleep(60)
    status, _ = box.get("/health")
    assert status == 200 and "示例县教育局" in browser.read("/")
    box.pull("clone")
    assert sticks.digest(made.IMAGE) == before


def test_a_stick_that_cannot_be_read_is_told_and_the_box_goes_on(
    box: Machine, browser: office.Browser, tmp_path: Path
) -> None:
    stick = sticks.corrupt(tmp_path)
    before = sticks.digest(stick)
    box.plug("corrupt", stick)
    time.sleep(45)
    assert box.get("/health")[0] == 200
    box.pull("corrupt")
    assert sticks.digest(stick) == before


@pytest.mark.parametrize("cut", range(CUTS))
def test_after_a_cut_amid_a_copy_the_same_box_starts_again_with_all_receipts(
    cut: int, box: Machine, tmp_path: Path
) -> None:
    """Killed, qemu takes with it whatever the system inside had not yet written to its disk."""
    browser = office.Browser(box)
    known = receipts(browser)
    box.plug(f"cut{cut}", sticks.make("fat32", tmp_path, more=40))
    until(lambda: is_copying(browser), 600, "the desk never says that it copies", box)
    box.stop()
    box.start()
    box.wait_for_health()
    assert known <= receipts(office.Browser(box))


def on_the_screen(box: Machine, name: str) -> str:
    """The words; the picture is kept for a person to look at."""
    return seen.words(box.picture(started.PICTURES / f"{name}.png"))


def is_copying(browser: office.Browser) -> bool:
    return "“可以拔出”" in browser.read("/")


def may_be_pulled(browser: office.Browser) -> bool:
    """While a stick is being copied, the desk quotes the words that are to be waited for."""
    page = browser.read("/")
    return "可以拔出" in page and "“可以拔出”" not in page


def receipts(browser: office.Browser) -> set[str]:
    """The numbers of all deliveries."""
    return set(re.findall(r"/deliveries/(\d+)", browser.read("/deliveries")))
