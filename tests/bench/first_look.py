"""How long the first look at a page takes in a process that has just started, with and without what it reads ahead:
`python -m tests.bench.first_look HOME warm|cold` prints the seconds of reading ahead, and of the look, on the wall and of the
processor."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from appliance.station import Station
from tests.bench.table import Row

PAGE = "/board"


def rows(home: Path) -> list[Row]:
    """`home`: a station that somebody has signed in to."""
    cold, warm = (_asked(home, how) for how in ("cold", "warm"))
    return [
        Row("第一眼看遴选，进程刚起来，没有预热", _told(cold["look"])),
        Row("第一眼看遴选，进程刚起来，预热过", _told(warm["look"])),
        Row("预热（在后台，起来以后）", _told(warm["ahead"])),
    ]


def _asked(home: Path, how: str) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "tests.bench.first_look", str(home), how]
    found: dict[str, list[float]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _told(seconds: list[float]) -> str:
    wall, cpu = seconds
    return f"{wall * 1000:.0f} ms，CPU {cpu * 1000:.0f} ms"


def main(home: Path, how: str) -> None:
    from tests.bench.pages import signed_in
    from web import warming

    client = signed_in(Station.open(home))
    began = _now()
    if how == "warm":
        warming.warm(client.application, pause=0)
    ready = _now()
    assert client.get(PAGE).status_code == 200
    print(json.dumps({"ahead": _since(began, ready), "look": _since(ready, _now())}))


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(began: tuple[float, float], ended: tuple[float, float]) -> list[float]:
    return [ended[0] - began[0], ended[1] - began[1]]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
