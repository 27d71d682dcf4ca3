"""How long the pages take with 20,000 lessons in the catalog."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from appliance import passwords
from appliance.catalog import users
from appliance.station import Station
from tests.bench.many import fill
from tests.bench.table import Row
from tests.conftest import make_station

LESSONS = 20_000
VISITS = 10
SEARCHES = ("", "张伟", "函数", "sl", "小学")


def rows(place: Path) -> list[Row]:
    station = make_station(place / "county")
    fill(station, LESSONS)
    return [Row(f"打开{title}（{LESSONS} 节课例）", f"{visit(station, path) * 1000:.0f} ms") for title, path in pages()]


def pages() -> list[tuple[str, str]]:
    searches = [(f"检索“{word}”", f"/search?q={word}") for word in SEARCHES]
    return [("收件台", "/"), *searches, ("上报", "/upstream"), ("审批", "/approvals"), ("日志", "/journal")]


def visit(station: Station, path: str) -> float:
    """Median seconds of a page, signed in, in process."""
    client = signed_in(station)
    times = []
    for _ in range(VISITS):
        start = time.perf_counter()
        response = client.get(path)
        times.append(time.perf_counter() - start)
        assert response.status_code == 200, (path, response.status_code)
    return statistics.median(times)


def signed_in(station: Station):
    from web import create_app

    catalog = station.catalog()
    if not users.any_exists(catalog.db):
        with catalog.writing() as db:
            users.create(db, "bench", "bench", "approver", passwords.hash("a long password"))
    app = create_app(station)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/login", data={"name": "bench", "password": "a long password"})
    return client
