"""F11 with foreign clients against the real server: tuspy, and raw sockets that misbehave; the server is killed."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import socket
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from appliance.commands.watch import once
from tests import invariants
from tests.web.schools import enrol, open_station, said
from tests.web.tus_box import MB, PATH, Box, Liaison
from web import tus


def status(sock: socket.socket) -> int:
    with sock, contextlib.suppress(ConnectionResetError):
        return int((sock.recv(4096) or b"x 0").split()[1])
    return 0


@pytest.fixture
def box(tmp_path):
    found = Box(open_station(tmp_path / "county"))
    found.code = enrol(found.station, "示例一小")
    yield found
    found.kill()


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    """One that nobody kills, for those who only misbehave."""
    found = Box(open_station(tmp_path_factory.mktemp("steady") / "county"))
    found.code = enrol(found.station, "示例一小")
    found.start()
    yield found
    found.kill()


def received(box: Box, liaison: Liaison, content: bytes) -> None:
    """Handed over, taken in, there; and every invariant holds."""
    liaison.post("/hand-in/done")
    once(box.station)
    catalog = box.station.catalog()
    (entry,) = catalog.db.query("select name, fate, sha256 from entry")
    assert entry == {"name": PATH, "fate": "stored", "sha256": hashlib.sha256(content).hexdigest()}
    catalog.close()
    invariants.check(box.station)


def test_tuspy_sends_a_file_with_a_checksum_in_every_piece(box):
    box.start()
    liaison, content = Liaison(box, box.code), os.urandom(3 * MB + 17)
    liaison.tuspy(content, upload_checksum=True).upload()
    received(box, liaison, content)


@pytest.mark.parametrize(
    "point",
    [
        pytest.param("upload.written:2", marks=pytest.mark.slow),
        pytest.param("upload.synced:2", marks=pytest.mark.slow),
        "upload.committed:2",
    ],
)
def test_tuspy_goes_on_after_the_server_was_killed_at_any_durable_step(box, point):
    """At `upload.committed` the piece is safe and its acknowledgement lost; before it, the piece is sent again."""
    box.start(point)
    liaison, content = Liaison(box, box.code), os.urandom(3 * MB)
    first = liaison.tuspy(content)
    with pytest.raises((TusCommunicationError, TusUploadFailed)):
        first.upload()
    assert box.dead() == -9
    box.start()
    again = liaison.tuspy(content, url=first.url)
    assert again.offset == (2 if point.startswith("upload.committed") else 1) * MB
    again.upload()
    received(box, liaison, content)


@pytest.mark.parametrize("point", ["upload.handed", pytest.param("upload.laid", marks=pytest.mark.slow)])
def test_killed_while_handing_over_it_is_received_once_all_the_same(box, point):
    box.start(point)
    liaison, content = Liaison(box, box.code), os.urandom(MB)
    liaison.tuspy(content).upload()
    with pytest.raises((OSError, http.client.HTTPException)):
        liaison.post("/hand-in/done")
    assert box.dead() == -9
    box.start()
    once(box.station)
    catalog = box.station.catalog()
    assert [row["fate"] for row in catalog.db.query("select fate from entry")] == ["stored"]
    invariants.check(box.station)
    html = liaison.opener.open(box.address + "/hand-in").read().decode()
    assert "第 1 号" in html


def test_a_piece_that_breaks_off_is_as_if_it_had_never_come(steady):
    liaison = Liaison(steady, steady.code)
    first = liaison.tuspy(os.urandom(MB), "断线.bin")
    first.set_url(first.create_url())
    patch = ["PATCH " + urllib.parse.urlsplit(first.url).path + " HTTP/1.1", "Upload-Offset: 0",
             f"Content-Type: {tus.PIECE_TYPE}", f"Content-Length: {MB}"]  # fmt: skip
    liaison.raw(patch, b"x" * 300_000).close()
    time.sleep(0.3)
    assert first.get_offset() == 0
    liaison.raw(patch, b"x" * MB).close()  # all of it, and gone before the answer
    until = time.monotonic() + 10
    while first.get_offset() != MB:
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.parametrize("size", ["-1", "99999999999", "abc"])
def test_a_body_with_a_wrong_length_is_refused(steady, size):
    liaison = Liaison(steady, steady.code)
    first = liaison.tuspy(b"plan", f"{size}.bin")
    first.set_url(first.create_url())
    patch = ["PATCH " + urllib.parse.urlsplit(first.url).path + " HTTP/1.1", "Upload-Offset: 0",
             f"Content-Type: {tus.PIECE_TYPE}", f"Content-Length: {size}"]  # fmt: skip
    assert status(liaison.raw(patch, b"plan")) in (400, 413)
    assert first.get_offset() == 0


def test_ten_thousand_headers_huge_ones_and_odd_paths_are_answered_with_4xx_and_the_box_goes_on(steady):
    liaison = Liaison(steady, steady.code)
    post = "POST /hand-in/files HTTP/1.1"
    strange = [
        [post, *(f"X-{number}: 1" for number in range(10_000)), "Content-Length: 0"],
        [post, "Upload-Metadata: relativePath " + "A" * 60_000, "Content-Length: 0"],
        [post, "Upload-Length: 4", "Upload-Metadata: " + ",".join(f"k{n} {said('v')}" for n in range(1500)), "Content-Length: 0"],
        ["HEAD /hand-in/files/../../../etc/passwd HTTP/1.1"],
        ["PATCH /hand-in/files/%00 HTTP/1.1", "Upload-Offset: 0", "Content-Length: 0"],
        ["GET /hand-in/files.json HTTP/1.1", "Range: bytes=" + ",".join("0-1" for _ in range(5000))],
    ]  # fmt: skip
    answers = [status(liaison.raw(lines)) for lines in strange]
    assert answers[:2] == [431, 431]
    assert all(400 <= answer < 500 for answer in answers[2:5])
    assert answers[5] in (200, 416, 431)
    start = time.monotonic()
    assert urllib.request.urlopen(steady.address + "/health", timeout=5).status == 200
    assert time.monotonic() - start < 1
    invariants.bounded(steady.process.pid)
