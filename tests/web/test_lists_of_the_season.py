"""遴选, 拍摄安排, 初筛 and 初筛评阅 with 300 lessons ask the catalog as often as with three."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from appliance import judge_codes
from appliance.catalog import Catalog, arrivals, checks, lessons, panels, screenings
from appliance.model import Identity, LessonGuess, LessonState, Phase, Verdict
from appliance.station import Station
from tests.catalog.lesson_maker import material
from tests.conftest import make_station
from tests.selection.screenings import EXPERTS, roster
from tests.web import office
from tests.web.conftest import Visitor, queries
from web import create_app

ROWS = {"few": 3, "many": 300}
PAGES = ("/board", "/production", "/production/slips", "/screening", "/screening/1", "/reading")


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Flask, str]]:
    """{label: (its pages, the code of 专家甲)}"""
    return {label: county(tmp_path_factory.mktemp(label) / "county", rows) for label, rows in ROWS.items()}


def county(home: Path, rows: int) -> tuple[Flask, str]:
    """As many candidates with something to mend, designs that wait, designs that 专家甲 reads, and rounds."""
    make_station(home)
    settings = home / "station.toml"
    settings.write_text(settings.read_text().replace("finished_video", "design_first"))
    station = Station.open(home)
    catalog = station.catalog()
    roster(catalog)
    with catalog.writing() as db:
        office.add_user(db, "审批甲", "approver")
        for name, school in EXPERTS.items():
            panels.save_judge(db, name, school, ["数学"], [], [])
        for n in range(rows):
            screenings.add(db, {"name": f"第 {n} 轮", "readers": 1, "seed": "春", "edition": "2024",
                                "edition_hash": "0" * 64}, "经办甲")  # fmt: skip
        for n in range(rows):
            no, revision = arrived(catalog, f"人选 {n}", LessonState.CANDIDATE)
            checks.record(db, no, revision, Phase.PRODUCTION, ("2024", "0" * 64), {}, Verdict.RETURN, [office.FPS])
            arrived(catalog, f"待分 {n}", LessonState.SUBMITTED)
            no, revision = arrived(catalog, f"在评 {n}", LessonState.SUBMITTED)
            screenings.give(db, 1, no, revision, "专家甲", "经办甲")
            screenings.give(db, n + 1, no, revision, "专家乙", "经办甲")
    code = judge_codes.make(catalog, "专家甲", "经办甲").code
    catalog.close()
    return create_app(station), code


def arrived(catalog: Catalog, title: str, state: LessonState) -> tuple[int, int]:
    """(number, revision); inside the caller's transaction."""
    plan = material(catalog.db, "plan", f"plan of {title}", "教学设计.docx")
    no, revision, _ = arrivals.save_guess(catalog.db, None, LessonGuess(identity(title), (plan,)), Phase.DESIGN)
    lessons.set_state(catalog.db, no, state)
    return no, revision


def identity(title: str) -> Identity:
    return Identity(
        title=title, category="subject", stage="primary", subject="数学", teacher="教师甲", school="示例第一小学"
    )


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_season_with_300_lessons_costs_as_many_queries_as_with_three(
    counties: dict[str, tuple[Flask, str]], counted: list[str], path: str
) -> None:
    asked = {}
    for label, (app, code) in counties.items():
        visitor = Visitor(app.test_client())
        if path == "/reading":
            visitor.post("/reading/enter", "/reading", code=code)
        else:
            visitor.sign_in("审批甲")
        counted.clear()
        assert visitor.get(path).status_code == 200
        asked[label] = len(queries(counted))
    assert asked["many"] == asked["few"] <= 15
