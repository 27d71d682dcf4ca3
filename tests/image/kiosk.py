"""The box's own screen in a container of the built root: the unit as it is, only that cage draws into memory.

What cage then shows is fetched from outside by grim. The real screen, with the kernel's graphics, is tried in qemu.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.image import container, seen

UNIT = "lessonbox-kiosk.service"
_SOCKET = "run/lessonbox-kiosk"
# A container has no graphics card and no console: nothing else of the unit is changed.
_NO_SCREEN = """[Unit]
ConditionPathExistsGlob=
[Service]
TTYPath=/dev/null
StandardInput=null
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
Environment=WLR_BACKENDS=headless WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1
"""


def cannot() -> str:
    """Why no screen can be looked at here; "" when one can."""
    if why := container.cannot() or seen.MISSING:
        return why
    return "" if shutil.which("grim") else "missing grim: image-build/install-packages.sh try"


def begin(box: container.Container) -> None:
    folder = box.root / f"run/systemd/system/{UNIT}.d"
    folder.mkdir(parents=True)
    (folder / "90-no-screen.conf").write_text(_NO_SCREEN)
    box.inside("systemctl", "daemon-reload")
    box.inside("systemctl", "restart", UNIT)


def turn(box: container.Container, degrees: int) -> None:
    """As the setting `rotation` leaves it for the screen."""
    (box.root / "run/lessonbox/screen/rotation").write_text(f"{degrees}\n")
    box.inside("systemctl", "restart", UNIT)


def picture(box: container.Container, path: Path) -> Path | None:
    """`None` while there is no screen yet."""
    socket = next((box.root / _SOCKET).glob("wayland-?"), None)
    if socket is None:
        return None
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(box.root / _SOCKET), "WAYLAND_DISPLAY": socket.name}
    # The frame that grim waits for never comes from a session that is about to end.
    done = subprocess.run(["timeout", "10", "grim", path], env=environment, capture_output=True)
    return path if done.returncode == 0 else None
