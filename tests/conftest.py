"""What every room's tests share: a station of their own, and the command line as a person calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appliance.catalog import Catalog
from appliance.station import Station, create

SETTINGS = 'profile = "finished_video"\nquiet_seconds = 0.2\nrescan_seconds = 0.3\nreserve_bytes = 0\n'


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A county that takes finished lessons and does not wait long."""
    return make_station(tmp_path / "county")


def make_station(home: Path, level: str = "county", code: str = "360731", more: str = "") -> Station:
    create(home, level, "示例县教育局" if level == "county" else "示例市教育局", code)
    with (home / "station.toml").open("a") as settings:
        settings.write(SETTINGS + more)
    return Station.open(home)


@pytest.fixture
def catalog(station: Station) -> Catalog:
    return station.catalog()


Lessonbox = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def lessonbox() -> Lessonbox:
    return run_lessonbox


def run_lessonbox(*words: object, failpoint: str = "", text: str = "", timeout: float = 600) -> Any:
    """Runs `lessonbox …` in a process of its own; `failpoint` names where the power fails in it."""
    environment = {**os.environ, "LESSONBOX_FAILPOINT": failpoint}
    return subprocess.run(
        [sys.executable, "-m", "appliance.cli", *map(str, words)],
        capture_output=True, text=True, input=text, env=environment, timeout=timeout,
    )  # fmt: skip


def answer(*words: object) -> Any:
    """The JSON object of a command that must not fail for the box's sake (0 and 1 are both answers)."""
    done = run_lessonbox(*words, "--json")
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)
