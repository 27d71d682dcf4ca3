"""Forty tablets that save each second, over HTTP to a box in a process of its own: how long a touch takes, and whether
one is lost. A touch is lost when the box said that it has it, and it is not there afterwards."""

from __future__ import annotations

import http.client
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from appliance.catalog import drafts, judge_codes
from appliance.selection import seating, tablet, trial
from appliance.station import Station
from tests.bench.table import Row
from tests.conftest import make_station
from tests.e2e.ports import free_port
from tests.selection.sessions import lesson
from tests.web.office import add_user, cheap_hash

TABLETS, SECONDS = 40, 20
CODE = "23456789ABCD"


@dataclass
class Judge:
    """`sent`: touches that the box said it has; `times`: seconds of each."""

    name: str
    number: int
    sent: int = 0
    times: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def rows(place: Path) -> list[Row]:
    station = make_station(place / "county", more=f"port = {(port := free_port())}\n")
    judges = prepared(station)
    command = [sys.executable, "-m", "appliance.cli", "web", "--home", str(station.home)]
    box = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        threads = [threading.Thread(target=play, args=(judge, port)) for judge in judges]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        box.terminate()
        box.wait()
    lost, late = lost_of(station, judges), sorted(each for judge in judges for each in judge.times)
    failed = sum(len(judge.failed) for judge in judges)
    told = f"中位 {statistics.median(late) * 1000:.0f} ms，95% {late[int(len(late) * 0.95)] * 1000:.0f} ms，最久 {late[-1] * 1000:.0f} ms"
    return [
        Row(f"{TABLETS} 台平板每秒存一次，{SECONDS} 秒，{len(late)} 次", told, "丢失 / 没有答", f"{lost} / {failed}")
    ]


def prepared(station: Station) -> list[Judge]:
    catalog = station.catalog()
    with catalog.writing() as db:
        add_user(db, "组长甲", "approver")  # a box without anybody answers with the first setup only
    session = trial.create(catalog, station.edition(), "第一场", "subject", "primary", "数学", "1", (), "经办甲")
    trial.add(catalog, session, [lesson(catalog, "教师甲")], "design_first", "经办甲")
    found = []
    for n in range(TABLETS):
        name = f"评委{n}"
        seating.seat(catalog, session, seating.Person(name, "示例教研室"), "经办甲")
        tablet.declare(catalog, session, name, [], [])
        with catalog.writing() as db:
            number = judge_codes.reserve(db, name, "经办甲")
            judge_codes.set_code(db, number, cheap_hash(CODE), "经办甲")
        found.append(Judge(name, number))
    catalog.close()
    return found


def play(judge: Judge, port: int) -> None:
    """Enters, opens the sheet, then a touch each second."""
    cookie, token = entered(judge, port)
    headers = {"Content-Type": "application/json", "X-CSRFToken": token, "Cookie": cookie}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    began = time.monotonic()
    for number in range(1, SECONDS + 1):
        time.sleep(max(0.0, began + number - time.monotonic()))
        items = {str(n): f"{(number + n) % 10}" for n in range(1, 9)}
        body = {"client": f"tablet-{judge.number}", "number": number, "items": items, "comment": ""}
        start = time.perf_counter()
        try:
            line.request("POST", "/judge/1/1/touch", json.dumps(body), headers)
            answer = line.getresponse()
            said = answer.read()
        except OSError as error:
            judge.failed.append(str(error))
            line.close()
            continue
        if answer.status == 200 and json.loads(said)["saved"] == number:
            judge.sent += 1
            judge.times.append(time.perf_counter() - start)
        else:
            judge.failed.append(f"{answer.status}")


def entered(judge: Judge, port: int) -> tuple[str, str]:
    """(cookie, token of the sheet's form); waits until the box listens."""
    deadline = time.monotonic() + 60
    while True:
        try:
            cookie, token = ask(port, "GET", "/judge")
            break
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.3)
    form = f"csrf_token={token}&code={judge.number}-{CODE}"
    cookie, _ = ask(port, "POST", "/judge/enter", form, cookie)
    cookie, token = ask(port, "GET", "/judge/1/1", "", cookie)
    return cookie, token


def ask(port: int, method: str, path: str, body: str = "", cookie: str = "") -> tuple[str, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie})
    answer = line.getresponse()
    text = answer.read().decode()
    given = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    return given or cookie, found[1] if found else ""


def lost_of(station: Station, judges: list[Judge]) -> int:
    catalog = station.catalog()
    rows = dict(catalog.db.execute("select judge, count(*) from draft group by judge"))
    newest = {judge.name: drafts.newest(catalog.db, 1, judge.name).get(1, {}).get("number", 0) for judge in judges}
    assert all(newest[judge.name] == SECONDS for judge in judges if not judge.failed)
    return sum(max(0, judge.sent - rows.get(judge.name, 0)) for judge in judges)
