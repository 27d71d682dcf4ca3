"""One box that was started from the image and kept at work, for every test to go on from.

From power to the pages takes minutes in qemu; to go on from there takes seconds. What is kept in build/image/started
is made anew when the image, or what starts it, is another.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

from tests.image import made, office, seen
from tests.image.machine import Machine, until

PLACE = made.OUT / "started"
PICTURES = made.OUT / "pictures"
_MAKERS = ("machine.py", "made.py", "office.py", "started.py")


def box() -> Path:
    """The place of the kept machine. `seconds` in it tells how long the start took."""
    key = _key()
    told = PLACE / "key"
    if not told.exists() or told.read_text() != key:
        shutil.rmtree(PLACE, ignore_errors=True)
        PLACE.mkdir(parents=True)
        _start()
        told.write_text(key)
    return PLACE


def seconds() -> float:
    return float((PLACE / "seconds").read_text())


def _start() -> None:
    PICTURES.mkdir(exist_ok=True)
    with Machine(made.flashed(PLACE, office.SETTINGS), PLACE) as machine:
        began = time.monotonic()
        machine.wait_for_health()
        (PLACE / "seconds").write_text(f"{time.monotonic() - began:.0f}")
        screen = PICTURES / "screen.png"
        # Reading a picture takes the processor that draws it: seldom.
        until(
            lambda: "等待插入" in seen.words(machine.picture(screen)), 3600, f"not on the screen: {screen}", machine, 20
        )
        machine.keep()


def _key() -> str:
    parts = [(made.OUT / "lessonbox-pc.json").read_bytes()]
    parts += [(Path(__file__).parent / name).read_bytes() for name in _MAKERS]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
