"""F3 for the whole box: the power cut at hundreds of places of the real intake, checks and decisions. `make test-power`"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.image.power import run
from tests.image.power.replay import Replay

CUTS = int(os.environ.get("CUTS", "220"))
CONTROL_CUTS = 20
STICKS = 12
SEED = 20240620

pytestmark = [
    pytest.mark.slow,
    pytest.mark.root,
    pytest.mark.fault("F3"),
    pytest.mark.skipif(bool(run.can_run()), reason=run.can_run() or "-"),
]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("power")
    run.record(place, STICKS)
    return place


def test_whatever_was_said_to_be_done_is_there_after_every_power_cut(recorded: Path, tmp_path: Path) -> None:
    assert len(run.acknowledged(recorded)) >= 3 * STICKS, "the workload hardly worked: the test proves nothing"
    assert harm(recorded, tmp_path, CUTS, heed=True) == {}


def test_a_disk_that_lies_about_flushes_loses_it_so_the_test_can_fail(recorded: Path, tmp_path: Path) -> None:
    assert harm(recorded, tmp_path, CONTROL_CUTS, heed=False) != {}


def test_a_box_that_does_not_flush_loses_it_so_the_test_can_fail(tmp_path: Path) -> None:
    place = tmp_path / "careless"
    place.mkdir()
    run.record(place, 3, wrapper=("eatmydata",))
    assert harm(place, tmp_path, CONTROL_CUTS, heed=True) != {}


def harm(place: Path, work: Path, count: int, heed: bool) -> dict[int, list[str]]:
    """Entry of the log at which the power was cut → what was damaged or lost."""
    said = run.acknowledged(place)
    replay = Replay(place / "before.img", place / "log", work, SEED, heed)
    cuts = replay.cuts(count, after=0)
    assert len(cuts) == count, f"the log has only {len(replay.entries)} entries"
    found = {}
    for number in cuts:
        disk = replay.cut(number)
        before = [line for line in said if line["log"] <= replay.entries[number].end]
        if lost := run.damage(disk, work / "after", before):
            found[number] = lost
        disk.unlink()
    return found
