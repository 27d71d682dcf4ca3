"""Who may look at a pupil's film and pictures: only for who decides, each look noted, a film in pieces."""

from __future__ import annotations

import pytest

from appliance.catalog import events
from tests.web import films
from tests.web.films import FILM, RETURNED, noted
from web.pieces import PIECE


@pytest.mark.parametrize(
    "path", ["/lessons/1/evidence/1/contact.jpg", "/lessons/1/evidence/1/loudness.svg", "/materials/1/file"]
)
def test_whoever_has_not_signed_in_gets_no_picture(visitor, path):
    answer = visitor().get(path)
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/login")


@pytest.mark.parametrize(
    "path",
    ["/lessons/2/evidence/1/contact.jpg", "/lessons/1/evidence/1/none.jpg", "/lessons/1/evidence/1/..%2fx.jpg",
     "/lessons/2/evidence/1/loudness.svg", "/lessons/1/evidence/999/contact.jpg", "/materials/2/file",
     "/materials/999999999999999999999/file"],
)  # fmt: skip
def test_what_is_not_of_this_lesson_is_not_there(visitor, path):
    assert visitor("clerk").get(path).status_code == 404


@pytest.mark.fault("H15")
def test_each_look_is_noted_once_a_sitting_with_the_name_of_who_looked(visitor, db):
    clerk, approver = visitor("clerk"), visitor("approver")
    for _ in range(3):
        clerk.get(f"/materials/{FILM}")
        clerk.get(f"/materials/{FILM}/file", headers={"Range": "bytes=100-"})
    clerk.get(f"/lessons/{RETURNED}/evidence")
    approver.get(f"/materials/{FILM}/file", headers={"Range": "bytes=100-"})  # straight at the bytes
    approver.get(f"/materials/{FILM}/download")
    assert noted(db) == [
        ("original.view", "经办甲"), ("evidence.view", "经办甲"), ("original.view", "审批甲"), ("original.download", "审批甲"),
    ]  # fmt: skip
    assert '"微课视频.mp4"' in events.newest(db, 1)[0]["data"]


def test_a_technician_who_keeps_the_box_does_not_watch_pupils(visitor, db):
    technician = visitor("technician")
    assert [technician.get(f"/materials/{FILM}{more}").status_code for more in ("", "/file", "/download")] == [403] * 3
    assert noted(db) == []


@pytest.mark.fault("H13")
@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("bytes=0-", 206, "bytes 0-{last}/{size}"), ("bytes=10-19", 206, "bytes 10-19/{size}"),
        ("bytes=99999999-", 416, "bytes */{size}"), ("bytes=9-2", 416, "bytes */{size}"), ("bytes=x", 200, None),
        ("", 200, None),
    ],
)  # fmt: skip
def test_a_player_gets_the_range_that_it_asks_for(visitor, asked, status, said):
    whole = films.film()
    answer = visitor("clerk").get(f"/materials/{FILM}/file", headers={"Range": asked} if asked else {})
    expected = said and said.format(last=len(whole) - 1, size=len(whole))
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, expected)
    first, _, last = asked.removeprefix("bytes=").partition("-")
    if status == 206:
        assert answer.data == whole[int(first) : int(last) + 1 if last else None]


@pytest.mark.fault("H15")
def test_one_answer_never_holds_a_thread_for_a_whole_film(visitor, office_station, db):
    row = next(db.query("select sha256 from material where id = 1"))
    office_station.store().path(row["sha256"]).write_bytes(bytes(3 * PIECE))
    answer = visitor("clerk").get(f"/materials/{FILM}/file", headers={"Range": "bytes=5-"})
    assert (len(answer.data), answer.headers["Content-Range"]) == (PIECE, f"bytes 5-{PIECE + 4}/{3 * PIECE}")
