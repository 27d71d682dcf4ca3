"""A PC in qemu that starts from the image: its disk is a layer over the file, so the image itself never changes.

Always the slow processor of qemu's own: where /dev/kvm exists it may hang, and it is not everywhere. A started box is
kept once (`keep`) and gone on with as often as wanted (`gone_on`): the start is what takes minutes.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.image.monitor import Monitor

FIRMWARE = Path("/usr/share/OVMF")
# What draws without a graphics card (llvmpipe) gathers by AVX2, and qemu's own processor then goes astray.
_CPU = "max,avx=off,avx2=off"
# As made.py's words for the kernel, for the one unit that has a limit of its own: handed in from outside, as a credential.
_UNHURRIED = (
    "io.systemd.credential.binary:systemd.unit-dropin.lessonbox-usb@.service="
    + base64.b64encode(b"[Service]\nTimeoutStartSec=infinity\n").decode()
)
KEPT = "started"  # the snapshot's name
BOOT_SECONDS = float(os.environ.get("BOOT_SECONDS", "1800"))  # at the most, on a machine that is busy otherwise


class Machine:
    """`place`: a folder of its own for disk, sockets and what the screen says (serial.log). `knock`: ports of the box
    that can be tried from outside, besides its pages; `more`: further words for qemu."""

    def __init__(
        self, image: Path, place: Path, *, gigabytes: int = 12, knock: tuple[int, ...] = (), more: tuple[str, ...] = ()
    ) -> None:
        self.place, self.disk, self._variables = place, place / "disk.qcow2", place / "vars.qcow2"
        self.port = _free_port()
        self.doors = {inside: _free_port() for inside in knock}
        self._more, self._process, self._qmp, self._resume = more, None, None, False
        place.mkdir(parents=True, exist_ok=True)
        if not self.disk.exists():
            words = ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", image.resolve(), self.disk]
            subprocess.run([*words, f"{gigabytes}G"], check=True)
            words = ["qemu-img", "convert", "-O", "qcow2", FIRMWARE / "OVMF_VARS_4M.fd", self._variables]
            subprocess.run(words, check=True)

    @classmethod
    def gone_on(cls, kept: Path, place: Path, *, knock: tuple[int, ...] = ()) -> Machine:
        """`kept`: the place of a machine that was kept. Starts there, with disk and memory of that moment; after
        `stop` it starts as any other."""
        place.mkdir(parents=True)
        for path in kept.glob("*.qcow2"):
            shutil.copy(path, place)
        machine = cls(kept, place, knock=knock)
        machine._resume = True
        return machine

    def keep(self) -> None:
        if said := self.monitor.person(f"savevm {KEPT}"):
            raise RuntimeError(said)

    @property
    def monitor(self) -> Monitor:
        assert self._qmp is not None
        return self._qmp

    def start(self) -> Machine:
        (self.place / "qmp").unlink(missing_ok=True)
        words = [
            "nice", "-n", "10", "qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", _CPU,
            "-smp", "2", "-m", "2048", "-display", "none", "-vga", "std",
            "-drive", f"if=pflash,format=raw,readonly=on,file={FIRMWARE / 'OVMF_CODE_4M.fd'}",
            "-drive", f"if=pflash,format=qcow2,file={self._variables}",
            "-drive", f"if=none,id=disk,format=qcow2,file={self.disk}",
            "-device", "virtio-blk-pci,drive=disk,bootindex=0",
            "-netdev", ",".join(["user,id=net,restrict=on", *self._forwarded()]),
            "-device", "virtio-net-pci,netdev=net,romfile=", "-device", "virtio-rng-pci",
            "-smbios", f"type=11,value={_UNHURRIED}", "-device", "qemu-xhci,id=xhci", "-action", "watchdog=reset",
            "-serial", f"file:{self.place / 'serial.log'}", "-qmp", f"unix:{self.place / 'qmp'},server=on,wait=off",
            *self._more, *(("-loadvm", KEPT) if self._resume else ()),
        ]  # fmt: skip
        self._resume = False
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=(self.place / "qemu.log").open("wb"))
        until(lambda: (self.place / "qmp").exists(), 30, "qemu did not start")
        self._qmp = Monitor(self.place / "qmp")
        return self

    def _forwarded(self) -> list[str]:
        doors = {8080: self.port, **self.doors}
        return [f"hostfwd=tcp:127.0.0.1:{outside}-:{inside}" for inside, outside in doors.items()]

    def is_open(self, inside: int) -> bool:
        """Whether somebody listens on a port of `knock`: qemu takes every call, and hangs up when the box refuses."""
        with socket.create_connection(("127.0.0.1", self.doors[inside]), timeout=10) as call:
            call.settimeout(20)
            try:
                return call.recv(1) != b""
            except TimeoutError:
                return True
            except ConnectionResetError:
                return False

    def stop(self) -> None:
        """As when the plug is pulled."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Machine:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def get(self, path: str, seconds: float = 20) -> tuple[int, bytes]:
        """(status, body); (0, b"") while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=seconds) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except (OSError, urllib.error.URLError):
            return 0, b""

    def wait_for_health(self, seconds: float = BOOT_SECONDS) -> dict[str, Any]:
        """The answer of /health, once every part is at work."""

        def healthy() -> dict[str, Any] | None:
            status, body = self.get("/health")
            answer = json.loads(body) if status == 200 else {}
            return answer if answer.get("ok") else None

        return until(healthy, seconds, "no /health; see serial.log", self)

    def serial(self) -> str:
        path = self.place / "serial.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def command(self, name: str, **arguments: Any) -> Any:
        return self.monitor.command(name, **arguments)

    def plug(self, name: str, image: Path) -> None:
        """A stick with the bytes of `image`, pushed into the running machine."""
        file = {"driver": "file", "filename": str(image)}
        self.command("blockdev-add", **{"driver": "raw", "node-name": f"n-{name}", "file": file})
        self.command("device_add", driver="usb-storage", id=name, bus="xhci.0", drive=f"n-{name}", removable=True)

    def pull(self, name: str) -> None:
        self.command("device_del", id=name)
        until(lambda: self._let_go(f"n-{name}"), 120, f"{name} is still held", self)

    def _let_go(self, node: str) -> bool:
        try:
            self.command("blockdev-del", **{"node-name": node})
        except RuntimeError:  # the system inside has not let go of the device yet
            return False
        return True

    def picture(self, path: Path) -> Path:
        """What a person in front of the box sees, as PNG."""
        self.command("screendump", filename=str(path), format="png")
        return path


def until(done: Any, seconds: float, otherwise: str, machine: Machine | None = None, every: float = 0.5) -> Any:
    """The first true answer of `done`, asked each `every` seconds. A box at work may leave a call unanswered: it is asked again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if answer := done():
                return answer
        time.sleep(every)
    raise AssertionError(otherwise + (f"\n{machine.serial()[-3000:]}" if machine else ""))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
