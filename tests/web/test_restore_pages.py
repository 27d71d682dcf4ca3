"""体检: the restore drill by one button; and what every page says while the catalog is damaged (F5)."""

from __future__ import annotations

import pytest

from appliance.backup import local


def test_one_button_drills_a_restore_and_the_row_says_how_it_went(visitor, office_station):
    local.make(office_station)
    browser = visitor("technician")
    assert "还没有演练过" in browser.get("/doctor").text
    assert browser.post("/doctor/drill").status_code == 303
    assert "一份不少" in browser.get("/doctor").text or "补不回" in browser.get("/doctor").text
    (kind, actor) = office_station.catalog().db.execute("select kind, actor from event order by seq desc").fetchone()
    assert (kind, actor != "box") == ("restore.drill", True)


def test_a_drill_without_a_backup_says_what_to_do(visitor):
    told = visitor("technician").post("/doctor/drill")
    assert (told.status_code, "没有一份完整的备份" in told.text) == (404, True)


@pytest.mark.fault("F5")
@pytest.mark.parametrize("path", ["/", "/login", "/deliveries", "/desk/live"])
def test_while_the_catalog_is_damaged_every_page_says_so(app, office_station, path):
    note = office_station.folder("run") / "catalog-damaged"
    note.write_text("目录库里有坏的页")
    told = app.test_client().get(path)
    assert (told.status_code, "目录库里有坏的页" in told.text, "技术手册" in told.text) == (500, True, True)
    note.unlink()
    assert app.test_client().get("/login").status_code == 200
