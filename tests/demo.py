"""What `make run` starts: a county and a city in `./var`, trusting each other. With `DEMO=1` sample lessons arrive on
a stick (a folder that plays one), and there is somebody to sign in as.

`make run` without DEMO starts the same two boxes and keeps what they hold.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from appliance.station import Station, create

PEOPLE = (("经办甲", "clerk"), ("审批甲", "approver"), ("审批乙", "approver"), ("技术员甲", "technician"))
STICK = "示例U盘"
LESSONS = ("good", "bad", "half_copied")  # kinds of `tests.samples`


@dataclass(frozen=True)
class Places:
    """Where the two boxes live, and their ports on loopback."""

    root: Path
    county_port: int = 8080
    city_port: int = 8081
    sshd_port: int = 8022

    @property
    def county(self) -> Path:
        return self.root / "county"

    @property
    def city(self) -> Path:
        return self.root / "city"

    @property
    def stick(self) -> Path:
        return self.county / "drops/usb" / STICK


def make_stations(places: Places) -> None:
    """Both homes, enrolled by the two files that a technician would carry. Done before: changes nothing."""
    quick = {"profile": "finished_video", "quiet_seconds": 2, "rescan_seconds": 2, "sync_seconds": 5}
    create(places.county, "county", "示例县教育局", "360731", {**quick, "port": places.county_port})
    create(
        places.city, "city", "示例市教育局", "360700",
        {**quick, "port": places.city_port, "sshd_port": places.sshd_port},
    )  # fmt: skip
    if any((places.county / "trust").iterdir()):
        return
    request, grant = places.root / "登记申请.json", places.root / "登记批准.json"
    lessonbox("enrol", "request", "--out", request, home=places.county)
    lessonbox("enrol", "grant", request, "--out", grant, home=places.city)
    lessonbox("enrol", "accept", grant, home=places.county)


def make_people(home: Path) -> dict[str, str]:
    """name → password. Kept in a file beside the home, for the demo only: a real box has no passwords on its disk."""
    notes = home.with_name(home.name + "-演示密码.json")
    if notes.exists():
        return json.loads(notes.read_text())
    passwords = {name: secrets.token_urlsafe(6) for name, _ in PEOPLE}
    for name, role in PEOPLE:
        lessonbox("user", "add", name, "--role", role, home=home, text=passwords[name] + "\n")
    notes.touch(mode=0o600)
    notes.write_text(json.dumps(passwords, ensure_ascii=False))
    return passwords


def plug_in(places: Places, size: str) -> None:
    """Copies the sample lessons as somebody would copy them on a stick, one file after another."""
    from tests import samples

    for kind in LESSONS:
        samples.make(kind, size)  # all first: a pause between two lessons would look like a stick that is settled
    for kind in LESSONS:
        samples.lay(kind, places.stick, size)


def lessonbox(*words: object, home: Path, text: str = "") -> str:
    command = [sys.executable, "-m", "appliance.cli", *map(str, words), "--home", str(home)]
    return subprocess.run(command, check=True, text=True, input=text, stdout=subprocess.PIPE).stdout


def start(home: Path) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "appliance.cli", "run", "--home", str(home)])


def stop(boxes: list[subprocess.Popen]) -> None:
    for box in boxes:
        box.terminate()
    for box in boxes:
        box.wait(30)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path("var"))
    parser.add_argument("--size", default="full", choices=["full", "small"])
    parser.add_argument("--demo", action="store_true", default=bool(os.environ.get("DEMO")))
    args = parser.parse_args()
    places = Places(args.root.resolve())
    make_stations(places)
    tell(places, make_people(places.county) if args.demo else {})
    boxes = [start(places.county), start(places.city)]
    try:
        if args.demo:
            plug_in(places, args.size)
            print("示例 U 盘已“插上”，请看收件台。")
        wait_for_signal(lambda: all(box.poll() is None for box in boxes))
    finally:
        stop(boxes)
    return 0


def tell(places: Places, passwords: dict[str, str]) -> None:
    port = Station.open(places.county).settings.port
    print(f"\n县站  http://127.0.0.1:{port}/\n市站  http://127.0.0.1:{Station.open(places.city).settings.port}/")
    print(
        f"把文件夹放进 {places.county / 'drops/usb'} 就等于插上一个 U 盘\n把文件夹放进 {places.county / 'drops/lan'}/学校名/ 就等于从局域网交来"
    )
    for name, password in passwords.items():
        print(f"登录  {name}  {password}")
    print("按 Ctrl+C 结束。\n", flush=True)


def wait_for_signal(alive: Callable[[], bool]) -> None:
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, frame: asked.append(received))
    while not asked and alive():
        time.sleep(0.3)


if __name__ == "__main__":
    sys.exit(main())
