"""What the pages read ahead at the start: beside the answers, harmless when there is nothing to read."""

from __future__ import annotations

import pytest

from appliance.selection import board, trial
from appliance.station import Station
from tests.conftest import make_station
from tests.selection.sessions import give, opened
from web import create_app, warming


def test_after_it_no_page_compiles_a_template_and_no_ranking_is_computed(
    office_station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = office_station.catalog()
    session = opened(catalog)
    for place, no in enumerate(row["lesson"] for row in catalog.db.query("select lesson from session_lesson where session = ?", [session])):  # fmt: skip
        give(catalog, session, no, *[f"{place}"] * 5)
    trial.close(catalog, session, "组长甲", "", "审批甲")
    app = create_app(office_station)
    warming.warm(app, pause=0)
    compiled: list[str] = []
    plain = app.jinja_env.compile
    monkeypatch.setattr(app.jinja_env, "compile", lambda *words, **more: compiled.append(f"{words[1]}") or plain(*words, **more))  # fmt: skip
    monkeypatch.setattr(board.sheet, "result", lambda told: pytest.fail("a ranking is computed again"))
    visitor = app.test_client()
    for path in ("/login", "/notice", "/showcase"):
        assert visitor.get(path).status_code == 200
    with app.app_context():
        board.board(office_station, catalog.db, office_station.edition())
    assert compiled == []


def test_a_box_without_a_catalog_warms_what_it_can_and_starts(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    station = make_station(tmp_path / "county")
    app = create_app(station)
    (station.home / "catalog.db").unlink()
    warming.warm(app, pause=0)
    assert "目录库不见了" in capsys.readouterr().err
    assert app.jinja_env.cache is not None and len(app.jinja_env.cache) > 50
