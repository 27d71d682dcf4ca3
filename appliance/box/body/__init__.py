"""What the machine says of itself: heat, power, memory, watchdog, slots, disks. Each look takes the folder in which the
kernel shows it, and answers with a `Check`; what this machine does not have is told as "看不到", never as good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from appliance.box.body import disks, heat, memory, slot, watchdog
from appliance.box.check import Check

# Each with the root of the machine's own file system ("/"; another one in tests) and the station's home.
LOOKS: tuple[Callable[[Path, Path], Check], ...] = (
    slot.look, watchdog.look, disks.look, heat.temperature, heat.throttling, memory.look,
)  # fmt: skip


def checks(home: Path, top: Path = Path("/")) -> list[Check]:
    return [look(top, home) for look in LOOKS]


def unseen(name: str, why: str = "") -> Check:
    return Check(name, None, f"看不到{why}")
