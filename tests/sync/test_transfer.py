"""One county, one city, a real sshd, real rsync and rrsync: bundles up, receipts down."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from appliance.catalog import bundles, lessons, receipts
from appliance.errors import NotEnrolled
from appliance.selection.decide import decide
from appliance.station import Station
from sync import codes, inbox, outbox
from sync.transports import TRANSPORTS
from tests import invariants
from tests.sync.conftest import ROOT, Pair, approved, bundle_states, command, make_station, states

DONE = {"分数的初步认识": "accepted"}


def send(pair: Pair) -> outbox.Sent:
    catalog = pair.county.catalog()
    try:
        return outbox.sync_once(pair.county, catalog)
    finally:
        catalog.close()


def receive(pair: Pair) -> inbox.Received:
    catalog = pair.city.catalog()
    try:
        return inbox.receive_once(pair.city, catalog)
    finally:
        catalog.close()


def round_trip(pair: Pair) -> list[str]:
    """The statuses of the receipts that came down."""
    send(pair)
    receive(pair)
    return [row["status"] for row in send(pair).receipts]


def materials(station: Station) -> list[tuple[str, str, str]]:
    catalog = station.catalog()
    rows = lessons.find(catalog.db)
    found = [(m.role, m.name, m.sha256) for row in rows for m in lessons.by_no(catalog.db, row["no"]).materials]
    assert all(station.store().verify(sha) for _, _, sha in found)
    catalog.close()
    return found


def invariants_hold(pair: Pair) -> None:
    for station in (pair.county, pair.city):
        invariants.check(station)


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


SENDER = ["send.before", "send.documents", "send.videos", "send.signature", "send.committed"]
RECEIVER = ["receive.verified", "receive.copied", "receive.renamed", "store.renamed:3", "receive.committed",
            "receipt.written", "receipt.signed"]  # fmt: skip


@pytest.mark.parametrize("where", SENDER)
def test_a_sender_killed_at_any_step_ends_in_the_same_state(pair: Pair, where: str) -> None:
    approved(pair.county)
    assert command("sync", "--once", "--home", str(pair.county.home), fail_at=where).returncode == -9
    assert round_trip(pair) == ["cataloged"]
    assert (states(pair.county), states(pair.city), bundle_states(pair.county)) == (DONE, DONE, ["cataloged"])
    invariants_hold(pair)


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
    from appliance.catalog import peers

    above = peers.above(catalog.db)
    assert above is not None
    line = TRANSPORTS["ssh-rsync"](pair.county, above["document"], None)
    assert line.push(pair.county.home / row["path"], "/640502-00001/v1/", without=("/data/video/",)).ok
    assert process.wait(30) == 15


@pytest.mark.parametrize("wish", ["id", "rsync --server --sender -logDtpre.iLsfxC . ../county-640503/", "sftp", ""])
def test_a_certificate_runs_nothing_but_rsync_in_its_own_folder(pair: Pair, wish: str) -> None:
    from appliance.catalog import peers

    catalog = pair.county.catalog()
    above = peers.above(catalog.db)
    assert above is not None
    line = TRANSPORTS["ssh-rsync"](pair.county, above["document"], None)
    done = subprocess.run([*line._ssh(), "127.0.0.1", wish], capture_output=True, text=True, timeout=20)
    assert done.returncode != 0 and "uid=" not in done.stdout


def test_a_key_without_the_city_s_certificate_is_refused(pair: Pair) -> None:
    approved(pair.county)
    certificate = pair.county.home / "trust/transport-cert-city-640500.pub"
    certificate.unlink()
    assert [row["reason"] for row in send(pair).waiting] == ["上级站点不认本机的证书，请重新登记"]


def test_another_host_key_at_the_city_s_address_is_refused(pair: Pair) -> None:
    approved(pair.county)
    pair.cut_line()
    for name in ("host", "host.pub"):
        (pair.city.home / "secret" / name).unlink()
    pair.open_line()
    assert [row["reason"] for row in send(pair).waiting] == ["对方不是登记过的上级站点，请核对线路和地址"]


def test_every_code_has_words() -> None:
    assert all(says for says in codes.SAYS.values()) and set(codes.SAYS) >= codes.MENDED_BY_SENDING_AGAIN
