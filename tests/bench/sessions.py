"""How long the pages of trial sessions and of the board take: 500 lessons, 5,000 nodes, 60 judges, 3,500 score sheets."""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

from flask.testing import FlaskClient

from appliance.catalog import Catalog, lessons, panels, rosters, scores
from appliance.catalog.sessions import lessons_of
from appliance.model import LessonState
from appliance.selection import seating, trial
from appliance.station import Station
from tests.bench import first_look
from tests.bench.many import SUBJECTS, WORDS, fill
from tests.bench.pages import VISITS, signed_in
from tests.bench.table import Row
from tests.conftest import make_station

LESSONS, JUDGES, EACH, ROOMS = 500, 60, 7, 10
NODES = 5000  # of the imported course catalogue: the board looks up each lesson in them


def rows(place: Path) -> list[Row]:
    """The processor's time beside the wall's: on a busy machine the wall says more of the others."""
    make_station(place / "county")
    settings = place / "county" / "station.toml"
    settings.write_text(settings.read_text().replace("finished_video", "design_first"))  # lessons that can be chosen
    station = Station.open(place / "county")
    played(station, ROOMS)
    nodes(station)
    client = signed_in(station)
    what = f"{ROOMS} 场，{LESSONS} 节课例，{JUDGES} 位评委，{LESSONS * EACH} 份评分"
    opened = [Row(f"打开{title}（{what}）", told(client, path)) for title, path in PAGES]
    return opened + first_look.rows(station.home)


def told(client: FlaskClient, path: str) -> str:
    wall, cpu = [], []
    for _ in range(VISITS):
        began = time.perf_counter(), time.process_time()
        assert client.get(path).status_code == 200
        wall.append(time.perf_counter() - began[0])
        cpu.append(time.process_time() - began[1])
    return f"{statistics.median(wall) * 1000:.0f} ms，CPU {statistics.median(cpu) * 1000:.0f} ms"


PAGES = (
    ("试讲场次", "/sessions"), ("场次详情", "/sessions/1"), ("打分进度", "/sessions/1/progress/live"),
    ("纸质录入", "/sessions/1/papers"), ("评分汇总", "/sessions/1/results"),
    ("遴选", "/board"),
)  # fmt: skip


def played(station: Station, rooms: int) -> None:
    """Sessions that are scored and closed, each with seven judges."""
    fill(station, LESSONS)
    catalog, chance = station.catalog(), random.Random(6)
    for no in range(1, LESSONS + 1):
        lessons.set_state(catalog.db, no, LessonState.TRIAL)
    for room in range(rooms):
        nos = list(range(1 + room * LESSONS // rooms, 1 + (room + 1) * LESSONS // rooms))
        session = trial.create(
            catalog, station.edition(), f"第 {room + 1} 场", "subject", "primary", "", f"{room}", ["8"], "经办甲"
        )
        trial.add(catalog, session, nos, "design_first", "经办甲")
        for judge in range(room * EACH, room * EACH + EACH):
            seating.seat(catalog, session, seating.Person(f"评委{judge % JUDGES}", "示例教研室"), "经办甲")
        trial.cast_lots(catalog, session, f"种子{room}", "经办甲")
        scored(catalog, session, chance)
        trial.close(catalog, session, "经办甲", "bench")
    catalog.close()


def nodes(station: Station) -> None:
    lines = [
        {"id": f"{n}", "title": f"{WORDS[n % len(WORDS)]}的认识 {n}", "stage": "小学", "grade": "三年级",
         "subject": SUBJECTS[n % len(SUBJECTS)], "textbook": "人教版", "volume": "上册"}
        for n in range(NODES)
    ]  # fmt: skip
    catalog = station.catalog()
    with catalog.writing() as db:
        roster = rosters.add(db, "nodes", "课程目录节点.xlsx", "0" * 64, lines, "经办甲")
        rosters.settle(db, roster, rosters.IN_FORCE, "经办甲")
    catalog.close()


def scored(catalog: Catalog, session: int, chance: random.Random) -> None:
    with catalog.writing() as db:
        for judge in panels.judges_of(db, session):
            for lesson in lessons_of(db, session):
                items = {str(n): str(chance.randrange(10, 20) / 2) for n in range(1, 8)}
                scores.record(db, session, lesson["no"], judge["name"], items, judge["name"], "", "")
