"""Update files on a stick, in a box that runs in qemu: those it refuses, and one that does not start. `make test-image`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.image import office, started, update_files
from tests.image.machine import Machine, until

pytestmark = [
    pytest.mark.slow, pytest.mark.image,
    pytest.mark.skipif(bool(update_files.cannot()), reason=update_files.cannot() or "-"),
]  # fmt: skip
REFUSED = {
    "foreign": "不是由认得的密钥签名的", "older": "旧", "pi4": "这是给 pi4 的更新文件，这台是 pc",
    "truncated": "更新文件不完整，或后面多了东西", "words": "不是课匣的更新文件",
}  # fmt: skip
NEW = "9.0"


@dataclass
class Box:
    machine: Machine
    browser: office.Browser

    def page(self) -> str:
        return self.browser.read("/update")

    def confirm(self, name: str) -> None:
        sheet = next(part for part in self.page().split("<section") if f'aria-label="{name}.' in part)
        digest = re.search(r'name="digest" value="([0-9a-f]+)"', sheet)
        assert digest, sheet
        self.browser.post("/update", "/update", digest=digest[1])


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    kept, place = started.box(), tmp_path_factory.mktemp("updates")
    maker = update_files.Maker(place, kept / "card.img")
    maker.spoil("changed", maker.make("empty", NEW), at=100)
    maker.spoil("truncated", maker.files / "empty.lessonbox-update")
    maker.make("older", "0.0.1")
    maker.make("pi4", NEW, board="pi4")
    maker.make("foreign", NEW, key=Ed25519PrivateKey.generate())
    (maker.files / "words.lessonbox-update").write_text("更新")
    with Machine.gone_on(kept, place / "pc") as machine:
        machine.plug("updates", maker.stick(place))
        there = Box(machine, office.Browser(machine))
        until(lambda: "empty." in there.page(), 600, "the files on the stick are never shown", machine)
        yield there


def test_each_file_that_is_not_for_this_box_is_refused_with_its_reason(box: Box) -> None:
    sheets = {re.split(r"[\".]", part.split('aria-label="', 1)[-1])[0]: part for part in box.page().split("<section")}
    assert {name: words in sheets[name] for name, words in REFUSED.items()} == dict.fromkeys(REFUSED, True)
    assert all('name="digest"' not in sheets[name] for name in REFUSED)


def test_a_byte_that_was_changed_is_found_before_the_other_slot_is_touched(box: Box) -> None:
    box.confirm("changed")
    until(lambda: "上一次没有更新成" in box.page(), 600, "the changed file is never refused", box.machine)
    assert "被改过，或拷坏了" in box.page()
    assert "在槽位 A" in box.page()


def test_an_update_that_does_not_start_is_left_by_the_box_itself(box: Box) -> None:
    box.confirm("empty")
    until(lambda: box.machine.get("/health")[0] == 0, 900, "the box never starts anew", box.machine)
    box.machine.wait_for_health()
    box.browser = office.Browser(box.machine)
    page = box.page()
    assert "在槽位 A" in page and f"还没有用上 {NEW}" in page
