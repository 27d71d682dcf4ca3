"""A transfer that is killed or cut at any step, on either side, ends as if nothing had happened."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from appliance.catalog import bundles, peers, receipts
from appliance.station import Station
from sync.transports import TRANSPORTS
from tests.sync.conftest import ROOT, Pair, approved, bundle_states, command, states
from tests.sync.transfers import DONE, invariants_hold, materials, receive, round_trip, send

SENDER = ["send.before", "send.documents", "send.videos", "send.signature", "send.committed"]
RECEIVER = ["receive.verified", "receive.copied", "receive.renamed", "store.renamed:3", "receive.committed",
            "receipt.written", "receipt.signed"]  # fmt: skip


@pytest.mark.fault("F3")
@pytest.mark.parametrize("where", SENDER)
def test_a_sender_killed_at_any_step_ends_in_the_same_state(pair: Pair, where: str) -> None:
    approved(pair.county)
    assert command("sync", "--once", "--home", str(pair.county.home), fail_at=where).returncode == -9
    assert round_trip(pair) == ["cataloged"]
    assert (states(pair.county), states(pair.city), bundle_states(pair.county)) == (DONE, DONE, ["cataloged"])
    invariants_hold(pair)


@pytest.mark.fault("F3")
@pytest.mark.parametrize("where", RECEIVER)
def test_a_receiver_killed_at_any_step_gives_one_receipt(trusted: Pair, sealed: Path, where: str) -> None:
    shutil.copytree(sealed, trusted.city.home / "incoming/county-640502/640502-00001/v1")
    for _ in range(2):
        assert command("receive", "--once", "--home", str(trusted.city.home), fail_at=where).returncode in (-9, 0)
    receive(trusted)
    folder = trusted.city.home / "receipts/county-640502"
    assert sorted(path.name for path in folder.iterdir()) == ["000001.json", "000001.json.sig"]
    assert json.loads((folder / "000001.json").read_bytes())["status"] == "cataloged"
    assert states(trusted.city) == DONE
    assert materials(trusted.city) == materials(trusted.county)
    kept = trusted.city.home / "accepted/county-640502/640502-00001"
    assert sorted(path.name for path in kept.iterdir()) == ["v1"]
    invariants_hold(trusted)


@pytest.mark.fault("F3")
@pytest.mark.parametrize("where", ["receipt.fetched", "receipt.committed"])
def test_a_receipt_is_taken_once_however_often_its_taking_is_killed(pair: Pair, where: str) -> None:
    approved(pair.county)
    send(pair)
    receive(pair)
    assert command("sync", "--once", "--home", str(pair.county.home), fail_at=where).returncode == -9
    send(pair)
    catalog = pair.county.catalog()
    assert [row["city_seq"] for row in receipts.newest_in(catalog.db)] == [1]
    assert states(pair.county) == DONE
    invariants_hold(pair)


@pytest.mark.parametrize("victim", ["sender", "rsync", "sshd"])
def test_a_transfer_cut_on_its_way_resumes_and_loses_no_byte(pair: Pair, victim: str) -> None:
    approved(pair.county, video=6_000_000)
    (pair.county.home / "station.toml").open("a").write("bandwidth_kib = 2000\n")
    words = [sys.executable, "-m", "appliance.cli", "sync", "--once", "--home", str(pair.county.home)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    video = pair.city.home / "incoming/county-640502/640502-00001/v1/data/video/lesson-1.mp4"
    deadline = time.monotonic() + 30
    while not (video.exists() and video.stat().st_size > 1_000_000):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)
    if victim == "sender":
        process.kill()
    elif victim == "rsync":
        child = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(child[0]), signal.SIGKILL)
    else:
        note = (pair.city.home / "run/gate-county-640502").read_text().split()
        os.killpg(int(note[0]), signal.SIGKILL)
    assert process.wait(30) == (-9 if victim == "sender" else 15)
    kept = video.stat().st_size
    (pair.county.home / "station.toml").write_text(
        (pair.county.home / "station.toml").read_text().replace("2000\n", "0\n")
    )
    pair.county = Station.open(pair.county.home)
    assert kept > 1_000_000 and round_trip(pair) == ["cataloged"]
    assert materials(pair.city) == materials(pair.county)


def test_the_newest_session_ends_the_one_before(pair: Pair) -> None:
    approved(pair.county, video=6_000_000)
    (pair.county.home / "station.toml").open("a").write("bandwidth_kib = 500\n")
    words = [sys.executable, "-m", "appliance.cli", "sync", "--once", "--home", str(pair.county.home)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    video = pair.city.home / "incoming/county-640502/640502-00001/v1/data/video/lesson-1.mp4"
    while not (video.exists() and video.stat().st_size > 300_000):
        assert process.poll() is None
        time.sleep(0.05)
    catalog = pair.county.catalog()
    row = bundles.under_way(catalog.db)[0]
    above = peers.above(catalog.db)
    assert above is not None
    line = TRANSPORTS["ssh-rsync"](pair.county, above["document"], None)
    assert line.push(pair.county.home / row["path"], "/640502-00001/v1/", without=("/data/video/",)).ok
    assert process.wait(30) == 15
