"""初筛 and 初筛评阅: an expert enters by a code, sees no names, and says what they think; the office follows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from appliance import judge_codes
from appliance.catalog import Catalog, checks, lessons, screenings
from appliance.model import LessonState
from appliance.station import Station
from tests.selection.screenings import EXPERTS, designs, roster
from tests.web.conftest import Visitor


@pytest.fixture
def catalog(office_station: Station, tmp_path: Path) -> Catalog:
    """The office, with an experts' roster and three designs; the plan of the first is a real document."""
    settings = office_station.home / "station.toml"
    settings.write_text(settings.read_text().replace("finished_video", "design_first"))
    catalog = office_station.catalog()
    roster(catalog)
    first = designs(catalog)[0]
    plan = lessons.by_no(catalog.db, first).materials[0]
    document = Document()
    document.add_heading("分数的初步认识 示例第一小学 教师甲", level=0)
    path = office_station.store().path(plan.sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    with catalog.writing() as db:
        checks.save_media(db, plan.sha256, {"kind": "document", "type": "docx"}, {})
    return catalog


@pytest.fixture
def office(office_station: Station, catalog: Catalog) -> Callable[..., Visitor]:
    """As `visitor`, of a county that screens designs first."""
    from web import create_app

    app = create_app(Station.open(office_station.home))

    def come(name: str = "") -> Visitor:
        someone = Visitor(app.test_client())
        if name:
            assert someone.sign_in(name).status_code == 303
        return someone

    return come


def begin(clerk: Visitor, catalog: Catalog) -> list[int]:
    """Returns the designs."""
    numbers = [row["no"] for row in lessons.find(catalog.db, LessonState.SUBMITTED) if row["title"].endswith("的课")]
    form = {
        "name": "小学数学初筛",
        "readers": "2",
        "seed": "春",
        "lesson": [str(no) for no in numbers],
        "expert": [*EXPERTS],
    }
    assert clerk.post("/screening", "/screening", **form).location == "/screening/1"
    return sorted(numbers)


def as_expert(office: Callable[..., Visitor], catalog: Catalog, name: str) -> Visitor:
    someone = office()
    code = judge_codes.make(catalog, name, "经办甲").code
    assert someone.post("/reading/enter", "/reading", code=code).status_code == 303
    return someone


@pytest.mark.clause("P3a", "W2")
def test_an_expert_sees_neither_names_of_people_nor_of_schools_and_the_office_sees_what_they_said(office, catalog):
    clerk = office("经办甲")
    first = begin(clerk, catalog)[0]
    expert = as_expert(office, catalog, "专家甲")
    mine = next(one for one in screenings.readings(catalog.db, 1, "专家甲") if one["lesson"] == first)
    text = expert.get(f"/reading/{mine['id']}").get_data(as_text=True)
    assert [name for name in ("教师甲", "示例第一小学") if name in text] == []
    link = re.search(rf'href="(/reading/{mine["id"]}/\d+)"', text)[1]
    file = expert.get(link)
    assert Document(io.BytesIO(file.data)).paragraphs[0].text == "分数的初步认识 ＊＊＊＊＊＊ ＊＊＊"
    assert "filename*=UTF-8''%E7%AC%AC" in file.headers["Content-Disposition"]
    answers = {f"answer-{clause}": "yes" for clause in ("G4", "G5", "G6", "G7", "D4")}
    sent = expert.post(
        f"/reading/{mine['id']}", "/reading", says="recommend", reason="目标清楚", client="client-1", **answers
    )
    assert sent.status_code == 303
    shown = clerk.get("/screening/1").get_data(as_text=True)
    assert ("目标清楚" in shown, "1 / 2" in shown) == (True, True)
    noted = [
        (row["kind"], row["actor"]) for row in catalog.db.query("select * from event where kind like 'screening%'")
    ]
    assert noted == [("screening.begin", "经办甲"), ("screening.read", "专家甲"), ("screening.say", "专家甲")]


@pytest.mark.clause("P3a")
def test_what_cannot_be_made_blind_is_kept_back_until_the_office_allows_it_with_a_reason(office, catalog):
    clerk = office("经办甲")
    second = begin(clerk, catalog)[1]
    row = next(one for one in screenings.readings(catalog.db, 1) if one["lesson"] == second)
    expert, plan = as_expert(office, catalog, row["expert"]), lessons.by_no(catalog.db, second).materials[0]
    address, allow = f"/reading/{row['id']}/{plan.id}", f"/screening/1/allow/{second}/{plan.id}"
    assert (expert.get(address).status_code, clerk.post(allow, "/screening/1").status_code) == (404, 400)
    assert clerk.post(allow, "/screening/1", reason="看过，没有名字").status_code == 303
    assert "原样，没有隐去名字" in expert.get(f"/reading/{row['id']}").get_data(as_text=True)


@pytest.mark.clause("P3a")
def test_strangers_and_other_experts_see_nothing_and_a_replaced_code_is_out(office, catalog):
    begin(office("经办甲"), catalog)
    row = screenings.readings(catalog.db, 1)[0]
    other = next(name for name in EXPERTS if name not in {one["expert"] for one in screenings.readings(catalog.db, 1) if one["lesson"] == row["lesson"]})  # fmt: skip
    assert office().get(f"/reading/{row['id']}").status_code == 403
    stranger = as_expert(office, catalog, other)
    assert [stranger.get(path).status_code for path in (f"/reading/{row['id']}", f"/reading/{row['id']}/1")] == [
        404,
        404,
    ]
    judge_codes.make(catalog, other, "经办甲")
    assert stranger.get(f"/reading/{row['id']}").status_code == 403


@pytest.mark.clause("P3a")
def test_the_office_passes_what_it_picks_and_closes_the_round(office, catalog):
    clerk = office("经办甲")
    first, second, _ = begin(clerk, catalog)
    assert "入场码 1 张" in clerk.post("/screening/1/codes", "/screening/1", expert="专家甲").get_data(as_text=True)
    assert clerk.post("/screening/1/pass", "/screening/1", lesson=[str(first), str(second)]).status_code == 303
    assert [lessons.by_no(catalog.db, no).state for no in (first, second)] == [LessonState.TRIAL] * 2
    again = clerk.post("/screening/1/pass", "/screening/1", lesson=str(first)).get_data(as_text=True)
    assert "有 1 节没有通过" in again
    assert clerk.post("/screening/1/close", "/screening/1").status_code == 303
    assert "已结束" in clerk.get("/screening").get_data(as_text=True)


def test_a_reading_is_taken_back_by_the_office_or_by_the_expert(office, catalog):
    clerk = office("经办甲")
    first = begin(clerk, catalog)[0]
    mine = [one for one in screenings.readings(catalog.db, 1) if one["lesson"] == first]
    expert = as_expert(office, catalog, mine[0]["expert"])
    assert expert.post(f"/reading/{mine[0]['id']}/recuse", "/reading", reason="认出来了").status_code == 303
    assert clerk.post(f"/screening/1/take-off/{mine[1]['id']}", "/screening/1", reason="出差").status_code == 303
    assert "1 节课还差专家" in clerk.get("/screening/1").get_data(as_text=True)
    assert clerk.post("/screening/1/fill", "/screening/1").status_code == 303
