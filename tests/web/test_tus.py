"""tus 1.0 by hand: each answer that the protocol names, and what is refused (F11, H5, H13)."""

from __future__ import annotations

import base64
import datetime as dt
import email.utils
import hashlib

import pytest
from flask import Flask

from appliance.catalog import school_codes
from appliance.station import Station
from tests.web.schools import FILES, SECRET, Sender, enrol, open_station, said
from web import create_app, tus
from web.pages import hand_in


@pytest.fixture(scope="module")
def station(tmp_path_factory) -> Station:
    """One for all: each test is a school of its own."""
    return open_station(tmp_path_factory.mktemp("tus") / "county")


@pytest.fixture(scope="module")
def app(station) -> Flask:
    return create_app(station)


@pytest.fixture
def sender(app, station, request) -> Sender:
    found = Sender(app.test_client(), school=f"示例{abs(hash(request.node.name))}小")
    assert found.enter(enrol(station, found.school)).status_code == 303
    return found


def offset(sender: Sender, address: str) -> str:
    return sender.ask("HEAD", address).headers["Upload-Offset"]


def test_what_the_box_can_do_is_told_to_anybody_who_asks(sender):
    answer = sender.client.options(FILES)
    assert answer.status_code == 204
    told = {name: value for name, value in answer.headers.items() if name.startswith("Tus-")}
    assert told == {
        "Tus-Resumable": "1.0.0", "Tus-Version": "1.0.0", "Tus-Extension": "creation,expiration,checksum,termination",
        "Tus-Max-Size": "50000000000", "Tus-Checksum-Algorithm": "sha1,sha256,md5",
    }  # fmt: skip


def test_a_file_in_two_pieces(sender):
    made = sender.create("课/教案.txt", 8)
    address = made.headers["Location"]
    assert (made.status_code, made.data, address.startswith("/hand-in/files/")) == (201, b"", True)
    begun = sender.ask("HEAD", address)
    assert (begun.status_code, begun.headers["Upload-Offset"], begun.headers["Upload-Length"]) == (200, "0", "8")
    assert begun.headers["Cache-Control"] == "no-store"
    first, second = sender.piece(address, 0, b"plan"), sender.piece(address, 4, b" two")
    assert [(a.status_code, a.headers["Upload-Offset"]) for a in (first, second)] == [(204, "4"), (204, "8")]
    assert [("Upload-Expires" in a.headers) for a in (made, begun, first, second)] == [True, True, True, False]


def test_an_unfinished_file_says_until_when_it_is_kept(sender):
    until = email.utils.parsedate_to_datetime(sender.create("a.txt", 8).headers["Upload-Expires"])
    assert abs(until - dt.datetime.now(dt.UTC) - dt.timedelta(hours=72)) < dt.timedelta(minutes=1)


def test_a_file_without_bytes_is_whole_at_once(sender):
    made = sender.create("空.txt", 0)
    assert (made.status_code, offset(sender, made.headers["Location"])) == (201, "0")


@pytest.mark.parametrize(("at", "piece", "status"), [
    (0, b"plan", 409), (6, b"wo", 409), (4, b" two and more", 413), ("x", b" two", 400), ("-1", b" two", 400),
    ("9" * 40, b" two", 400), ("４", b" two", 400),
])  # fmt: skip
@pytest.mark.fault("F11")
def test_a_piece_twice_out_of_order_beyond_the_size_or_at_no_number_is_refused(sender, at, piece, status):
    address = sender.create("a.txt", 8).headers["Location"]
    sender.piece(address, 0, b"plan")
    try:
        answer = sender.piece(address, at, piece)
    except UnicodeEncodeError:
        return  # a header cannot carry it
    assert (answer.status_code, answer.mimetype, offset(sender, address)) == (status, "text/plain", "4")


@pytest.mark.fault("F11")
def test_a_lost_acknowledgement_is_made_good_by_asking_for_the_offset(sender):
    address = sender.create("a.txt", 8).headers["Location"]
    sender.piece(address, 0, b"plan")  # the answer never arrives
    assert sender.piece(address, 0, b"plan").status_code == 409
    assert offset(sender, address) == "4"
    assert sender.piece(address, 4, b" two").headers["Upload-Offset"] == "8"


@pytest.mark.fault("F11")
@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_checksum_is_compared(sender, algorithm):
    address = sender.create("a.txt", 4).headers["Location"]
    right = base64.b64encode(hashlib.new(algorithm, b"plan").digest()).decode()
    wrong = sender.piece(address, 0, b"plam", {"Upload-Checksum": f"{algorithm} {right}"})
    assert (wrong.status_code, offset(sender, address)) == (460, "0")
    assert sender.piece(address, 0, b"plan", {"Upload-Checksum": f"{algorithm} {right}"}).status_code == 204


@pytest.mark.parametrize("text", ["crc32 AAAA", "sha1", "sha1 %%%", "", "sha1 " + "A" * 20_000])
def test_a_checksum_that_nobody_can_compare_is_refused(sender, text):
    address = sender.create("a.txt", 4).headers["Location"]
    assert sender.piece(address, 0, b"plan", {"Upload-Checksum": text}).status_code in (400, 460)
    assert offset(sender, address) == "0"


@pytest.mark.parametrize(("headers", "status"), [
    ({"Tus-Resumable": "0.2.2"}, 412), ({"Tus-Resumable": ""}, 412), ({"Content-Type": "text/plain"}, 415),
    ({"X-CSRFToken": ""}, 400), ({"X-CSRFToken": "x"}, 400), ({"Host": "evil.example"}, 400),
])  # fmt: skip
def test_another_version_type_page_or_host_is_refused(sender, headers, status):
    address = sender.create("a.txt", 4).headers["Location"]
    assert sender.piece(address, 0, b"plan", headers).status_code == status
    assert offset(sender, address) == "0"


@pytest.mark.parametrize("headers", [
    {}, {"Upload-Length": "-1"}, {"Upload-Length": "1.5"}, {"Upload-Length": "9" * 30}, {"Upload-Defer-Length": "1"},
    {"Upload-Length": "4"}, {"Upload-Length": "4", "Upload-Metadata": "relativePath ###"},
    {"Upload-Length": "4", "Upload-Metadata": "relativePath " + base64.b64encode(b"\xff\xfe").decode()},
    {"Upload-Length": "4", "Upload-Metadata": "relativePath " + said("../../etc/passwd")},
    {"Upload-Length": "4", "Upload-Metadata": "relativePath " + said("名" * 9000)},
])  # fmt: skip
def test_a_file_without_a_size_or_a_name_is_not_begun(sender, headers):
    assert sender.ask("POST", FILES, headers).status_code == 400
    assert sender.client.get("/hand-in/files.json").json == []


@pytest.mark.fault("H13")
def test_a_piece_longer_than_the_box_takes_is_refused_and_no_other_body_may_be_so_long(sender):
    address = sender.create("a.mp4", 10_000_000).headers["Location"]
    assert sender.piece(address, 0, b"x" * (tus.PIECE_BYTES + 1)).status_code == 413
    assert sender.piece(address, 0, b"x" * tus.PIECE_BYTES).status_code == 204
    assert sender.ask("POST", FILES, {"Upload-Length": "4"}, b"x" * 300_000).status_code in (400, 413)
    form = {"code": "x" * 300_000, "csrf_token": sender.token}
    assert sender.client.post("/hand-in/enter", data=form).status_code in (400, 413)


def test_a_file_taken_back_is_not_found_any_more(sender):
    address = sender.create("a.txt", 4).headers["Location"]
    assert sender.ask("DELETE", address).status_code == 204
    assert [sender.ask(method, address).status_code for method in ("HEAD", "DELETE")] == [404, 404]
    assert sender.piece(address, 0, b"plan").status_code == 404


def test_another_school_and_a_stranger_do_not_find_it(app, sender, station):
    address = sender.create("a.txt", 4).headers["Location"]
    other, stranger = Sender(app.test_client()), Sender(app.test_client())
    other.enter(enrol(station, "另一所小学"))
    stranger.read_token()
    for who, status in ((other, 404), (stranger, 403)):
        answers = [who.ask("HEAD", address), who.piece(address, 0, b"evil"), who.ask("DELETE", address)]
        assert [answer.status_code for answer in answers] == [status] * 3
    assert other.client.get("/hand-in/files.json").json == []
    assert stranger.client.get("/hand-in/files.json").status_code == 403
    assert offset(sender, address) == "0"


@pytest.mark.parametrize("name", ["", "0" * 32, "..%2f..%2fetc", "x" * 4000, "%00"])
@pytest.mark.fault("H13")
def test_an_address_that_is_none_is_not_found(sender, name):
    assert sender.ask("HEAD", f"{FILES}/{name}").status_code in (404, 405)


@pytest.mark.fault("F11")
def test_the_page_learns_after_a_reload_how_far_each_file_is(sender):
    address = sender.create("课/教案.txt", 8, "1716012345000").headers["Location"]
    sender.piece(address, 0, b"plan")
    assert sender.client.get("/hand-in/files.json").json == [
        {"name": "课/教案.txt", "size": 8, "stamp": "1716012345000", "bytes": 4, "url": address}
    ]
    assert sender.create("课/教案.txt", 8, "1716012345000").headers["Location"] == address


def test_over_the_allowance_the_school_reads_why(sender, station):
    with station.catalog().writing() as db:
        school_codes.allow_bytes(db, sender.school, 1_000_000_000)
    answer = sender.create("a.mp4", 1_200_000_000)
    assert answer.status_code == 413
    assert answer.get_data(as_text=True) == (
        "本校可以在网页上交 1.0 GB，已用 0.0 GB，放不下这个文件。已经传好的不受影响。请用 U 盘交，或请县里增加。"
    )


def test_a_disk_without_room_is_told_before_the_first_byte(sender, station):
    answer = sender.create("a.mp4", 40_000_000_000)
    room = station.store().room()
    assert answer.status_code == (507 if room < 80_000_000_000 else 201)


def test_every_way_of_refusing_has_a_status():
    import re
    from pathlib import Path

    root = Path(hand_in.__file__).parents[2]
    sources = [*(root / "appliance/intake/uploads").glob("*.py"), root / "web/tus.py"]
    codes = {code for path in sources for code in re.findall(r'code="([A-Z_]+)"', path.read_text())}
    assert codes - set(tus.STATUS) == set()
    assert SECRET.isalnum()
