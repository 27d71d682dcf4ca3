"""Two real stations, a real sshd between them on loopback, lessons put in through the catalog."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance import station as stations
from appliance.catalog import arrivals, bundles, decisions, lessons
from appliance.model import Identity, LessonGuess, LessonState, Material, Phase
from appliance.station import Station
from sync import enrolment
from sync.reception import server

ROOT = Path(__file__).parents[2]
DOCUMENTS = {"plan": "教学设计.docx", "task_sheet": "学习任务单.docx", "slides": "课件.pptx"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_station(home: Path, level: str, code: str, **settings: int) -> Station:
    stations.create(home, level, f"示例{level}{code}", code)
    with (home / "station.toml").open("a") as out:
        out.write("reserve_bytes = 1000000\n" + "".join(f"{name} = {value}\n" for name, value in settings.items()))
    return Station.open(home)


def approved(station: Station, title: str = "分数的初步认识", video: bytes | int = 300_000, seed: str = "一") -> int:
    """The number of a lesson that two sample persons approved; its files are in the store."""
    content = {role: f"{seed} {title} {role}".encode() * 50 for role in DOCUMENTS}
    moving = video if isinstance(video, bytes) else hashlib.shake_256(f"{seed}{title}".encode()).digest(video)
    names = DOCUMENTS | {"video": f"{title}.mp4"}
    materials = []
    catalog = station.catalog()
    with catalog.writing() as db:
        for role, data in (content | {"video": moving}).items():
            blob = station.store().put(io.BytesIO(data))
            row = {"sha256": blob.sha256, "size": blob.size, "stored_at": "", "verified_at": ""}
            db["blob"].insert(row, ignore=True)
            materials.append(Material(role, 1, names[role], blob.sha256, blob.size))
        identity = Identity(title, "subject", "primary", "数学", "三年级", teacher="教师甲", school="示例第一小学")
        no, revision, _ = arrivals.save_guess(db, None, LessonGuess(identity, tuple(materials)), Phase.PRODUCTION)
        for name in ("审批人甲", "审批人乙"):
            decisions.record(db, no, revision, "approve", name, "", "complete", "approved")
        lessons.set_state(db, no, LessonState.APPROVED)
    catalog.close()
    return no


def enrol(county: Station, city: Station) -> None:
    catalog, below = city.catalog(), county.catalog()
    granted = enrolment.grant(city, catalog, enrolment.request(county), "127.0.0.1", server.user_name())
    enrolment.accept(county, below, granted)
    catalog.close()
    below.close()


def states(station: Station) -> dict[str, str]:
    """{title: state} of every lesson."""
    catalog = station.catalog()
    found = {row["title"]: row["state"] for row in lessons.find(catalog.db)}
    catalog.close()
    return found


def bundle_states(station: Station) -> list[str]:
    catalog = station.catalog()
    found = [row["state"] for row in reversed(bundles.newest(catalog.db))]
    catalog.close()
    return found


def command(*words: str, fail_at: str = "") -> subprocess.CompletedProcess[str]:
    """`lessonbox …` in a process of its own; `fail_at`: where the power fails."""
    env = os.environ | {"PYTHONPATH": str(ROOT), "LESSONBOX_FAILPOINT": fail_at}
    return subprocess.run([sys.executable, "-m", "appliance.cli", *words], env=env, capture_output=True, text=True)


@dataclass
class Pair:
    county: Station
    city: Station
    port: int
    sshd: subprocess.Popen[bytes] | None = None

    def open_line(self) -> None:
        self.sshd = server.start(self.city)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.city.home / "run/sshd.log").read_text())

    def cut_line(self) -> None:
        if self.sshd:
            self.sshd.kill()
            self.sshd.wait()
            self.sshd = None


@pytest.fixture
def county(tmp_path: Path) -> Station:
    return make_station(tmp_path / "county", "county", "640502")


@pytest.fixture
def city(tmp_path: Path) -> Station:
    return make_station(tmp_path / "city", "city", "640500", sshd_port=free_port())


@pytest.fixture
def trusted(county: Station, city: Station) -> Pair:
    """Enrolled, the line still closed."""
    enrol(county, city)
    return Pair(county, city, city.settings.sshd_port)


@pytest.fixture
def pair(trusted: Pair) -> Iterator[Pair]:
    """Enrolled, sshd listening."""
    trusted.open_line()
    yield trusted
    trusted.cut_line()


Sealer = Callable[..., Path]


@pytest.fixture
def sealed(county: Station) -> Path:
    """One sealed bundle of the county."""
    from sync import bundle

    catalog = county.catalog()
    row = bundle.seal(county, catalog, approved(county))
    catalog.close()
    return county.home / row["path"]
