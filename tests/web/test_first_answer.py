"""初步检查 on the screens: what is certain is told, what is still being looked at says how long."""

from __future__ import annotations

import re

import pytest

from appliance.catalog import checks, lessons
from appliance.model import Phase, Turn, Verdict
from appliance.station import Station
from tests.web import office

CARDS = {"with_error": ([office.FPS], "退回补正（初步检查）"), "without": ([], "初步检查")}


def answer_first(station: Station, findings: list) -> int:
    """The newest delivery has its first answer; half of its film's looks are taken."""
    catalog = station.catalog()
    with catalog.writing() as db:
        no = int(db.execute("select max(no) from delivery").fetchone()[0])
        lesson = int(db.execute("select lesson from delivery_lesson where delivery = ?", [no]).fetchone()[0])
        db.execute("update delivery set state = 'answered' where no = ?", [no])
        film = next(one for one in lessons.by_no(db, lesson).materials if one.role == "video")
        checks.save_media(db, film.sha256, {"kind": "video", "duration_s": 7200.0}, {}, 0.5)
        edition, revision = ("2024", "0" * 64), lessons.revision_of(db, lesson)
        checks.record(db, lesson, revision, Phase.PRODUCTION, edition, {}, Verdict.RETURN, findings, Turn.FIRST)
    catalog.close()
    return no


@pytest.mark.parametrize(("findings", "said"), CARDS.values(), ids=CARDS)
def test_the_first_answer_is_called_so_with_the_time_that_is_left(
    office_station: Station, visitor, findings: list, said: str
) -> None:
    no = answer_first(office_station, findings)
    clerk = visitor("clerk")
    for path in ("/", "/deliveries", f"/deliveries/{no}"):
        page = clerk.get(path).get_data(as_text=True)
        assert re.findall("画面和声音还在检查[^<。]*", page)[0] == "画面和声音还在检查，约 6 分钟"
    assert f"</svg>{said}</span>" in clerk.get(f"/deliveries/{no}").get_data(as_text=True)
    assert "这是初步检查" in clerk.get(f"/deliveries/{no}/slip").get_data(as_text=True)
