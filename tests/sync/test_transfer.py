"""One county, one city, a real sshd, real rsync and rrsync: bundles up, receipts down."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from appliance.catalog import lessons
from appliance.errors import NotEnrolled
from appliance.selection.decide import decide
from appliance.station import Station
from sync import outbox
from tests.sync.conftest import Pair, approved, bundle_states, command, make_station, states
from tests.sync.transfers import DONE, invariants_hold, materials, receive, round_trip, send


def test_a_lesson_goes_up_and_its_receipt_comes_down(pair: Pair) -> None:
    approved(pair.county)
    assert [row["bundle"] for row in send(pair).sent] == ["640502-00001/v1"]
    assert states(pair.county) == {"分数的初步认识": "sent"}
    assert [row["status"] for row in receive(pair).receipts] == ["cataloged"]
    assert [row["status"] for row in send(pair).receipts] == ["cataloged"]
    assert states(pair.county) == states(pair.city) == DONE
    assert materials(pair.city) == materials(pair.county)
    invariants_hold(pair)


def test_stock_ssh_keygen_verifies_the_receipt_on_the_county_side(pair: Pair) -> None:
    approved(pair.county)
    round_trip(pair)
    folder = pair.county.home / "receipts/from-city-640500"
    verify = ["ssh-keygen", "-Y", "verify", "-f", str(pair.county.home / "trust/signers-up"), "-I", "city-640500"]
    done = subprocess.run(
        [*verify, "-n", "lesson-receipt@v1", "-s", "000001.json.sig"], cwd=folder, capture_output=True,
        input=(folder / "000001.json").read_bytes(),
    )  # fmt: skip
    assert done.returncode == 0
    document = json.loads((folder / "000001.json").read_bytes())
    assert (document["status"], document["county"], document["stored_copies"]) == ("cataloged", "county-640502", 2)


def test_without_a_line_the_lesson_waits_and_says_why_and_when(trusted: Pair) -> None:
    approved(trusted.county)
    waiting = send(trusted).waiting
    assert [(row["bundle"], row["reason"]) for row in waiting] == [
        ("640502-00001/v1", "上级站点没有开机，或没有启动接收")
    ]
    assert 1 <= waiting[0]["next_try_s"] <= 3
    assert command("sync", "--once", "--home", str(trusted.county.home)).returncode == 15
    trusted.open_line()
    assert round_trip(trusted) == ["cataloged"]
    trusted.cut_line()


def test_without_enrolment_sync_says_so(county: Station) -> None:
    approved(county)
    with pytest.raises(NotEnrolled):
        outbox.sync_once(county, county.catalog())
    assert bundle_states(county) == ["sealed"]


def test_a_bundle_without_its_signature_is_left_alone(pair: Pair) -> None:
    approved(pair.county)
    send(pair)
    (pair.city.home / "incoming/county-640502/640502-00001/v1/tagmanifest-sha256.txt.sig").unlink()
    assert [row["reason"] for row in receive(pair).waiting] == ["还没有收完"]
    assert states(pair.city) == {}
    assert round_trip(pair) == ["cataloged"]


def test_a_lost_receipt_is_asked_for_again_and_is_the_same(pair: Pair) -> None:
    approved(pair.county)
    send(pair)
    receive(pair)
    folder = pair.city.home / "receipts/county-640502"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.unlink()
    again = send(pair)
    assert (len(again.sent), again.receipts) == (1, [])
    assert receive(pair).receipts == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [row["status"] for row in send(pair).receipts] == ["cataloged"]
    assert states(pair.city) == DONE


@pytest.mark.fault("F7")
def test_bytes_that_rot_on_the_way_are_refused_sent_again_and_accepted(pair: Pair) -> None:
    approved(pair.county)
    send(pair)
    video = pair.city.home / "incoming/county-640502/640502-00001/v1/data/video/lesson-1.mp4"
    info = video.stat()
    data = bytearray(video.read_bytes())
    data[200_000] ^= 1
    video.write_bytes(bytes(data))
    os.utime(video, ns=(info.st_atime_ns, info.st_mtime_ns))  # size and time as before: rsync would skip it
    given = receive(pair).receipts
    assert [(row["status"], row["findings"][0]["code"]) for row in given] == [("quarantined", "CHANGED")]
    assert states(pair.city) == {}
    assert round_trip(pair) == ["cataloged"]
    assert states(pair.county) == states(pair.city) == DONE


@pytest.mark.fault("F13")
def test_a_correction_is_version_two_of_the_same_lesson_and_names_what_it_supersedes(pair: Pair) -> None:
    video = os.urandom(2_000_000)
    no = approved(pair.county, video=video)
    round_trip(pair)
    catalog = pair.city.catalog()
    decide(catalog, 1, "return", "审核人甲", "学习任务单缺少学习准备")
    catalog.close()
    assert [row["status"] for row in receive(pair).receipts] == ["returned"]
    assert [row["status"] for row in send(pair).receipts] == ["returned"]
    assert states(pair.county) == {"分数的初步认识": "returned"}
    catalog = pair.county.catalog()
    assert lessons.find(catalog.db)[0]["returned_note"] == "学习任务单缺少学习准备"
    catalog.close()
    assert approved(pair.county, video=video, seed="二") == no
    assert round_trip(pair) == ["cataloged"]
    chain = json.loads((pair.county.home / "outbox/640502-00001/v2/chain.json").read_bytes())
    first = json.loads((pair.county.home / "outbox/640502-00001/v1/chain.json").read_bytes())
    assert (chain["version"], chain["seq"], len(chain["supersedes"])) == (2, first["seq"] + 1, 64)
    assert materials(pair.city) == materials(pair.county)
    assert [p.name for p in (pair.city.home / "incoming/county-640502/640502-00001").iterdir()] == ["v2"]


def test_documents_of_all_come_before_the_first_video_and_signatures_come_last(pair: Pair) -> None:
    for title in ("甲课", "乙课"):
        approved(pair.county, title)
    killed = command("sync", "--once", "--home", str(pair.county.home), fail_at="send.documents")
    assert killed.returncode == -9
    incoming = pair.city.home / "incoming/county-640502"
    assert sorted(path.name for path in incoming.rglob("plan-1.docx")) == ["plan-1.docx"] * 2
    assert [path for path in incoming.rglob("*") if path.suffix in (".mp4", ".sig")] == []
    assert sorted(round_trip(pair)) == ["cataloged"] * 2


def test_two_counties_have_their_own_folders_and_their_own_chains_of_receipts(pair: Pair, tmp_path: Path) -> None:
    from tests.sync.conftest import enrol

    second = make_station(tmp_path / "second", "county", "640503")
    enrol(second, pair.city)
    other = Pair(second, pair.city, pair.port)
    approved(pair.county)
    approved(second)
    send(pair)
    send(other)
    assert sorted(row["county"] for row in receive(pair).receipts) == ["county-640502", "county-640503"]
    assert [row["prev"] for row in send(pair).receipts + send(other).receipts] == ["0" * 64] * 2
    catalog = pair.city.catalog()
    assert lessons.count(catalog.db, "accepted") == 2
