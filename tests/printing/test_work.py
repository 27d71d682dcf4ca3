"""Jobs from 排队 to 已打 or 失败: once each, counted, and true after a power cut."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from appliance import doctor, heartbeat
from appliance.catalog import print_jobs
from appliance.errors import NotAllowed, NotFound
from appliance.failpoint import FAILPOINTS
from appliance.printing import asking, device, work
from appliance.reports.delivery_slip import prints
from appliance.station import Station
from tests.conftest import answer, make_station, run_lessonbox
from tests.printing.paper import papers
from tests.web import office


@pytest.fixture
def printer(tmp_path: Path) -> Path:
    return tmp_path / "lp0"


@pytest.fixture
def box(tmp_path: Path, printer: Path) -> Station:
    station = make_station(tmp_path / "county", more=f'printer = "{printer}"\n')
    office.furnish(station)
    return station


def jobs(station: Station) -> list[tuple[str, str, str]]:
    catalog = station.catalog()
    found = [(row["paper"], row["state"], row["reason"]) for row in reversed(print_jobs.newest(catalog.db, 9))]
    catalog.close()
    return found


def test_a_slip_waits_for_the_printer_and_comes_out_once(box, printer):
    catalog = box.catalog()
    asking.ask(box, catalog, "slip", 4, "经办甲")
    asking.ask(box, catalog, "slip", 4, "经办甲")  # two touches are one slip
    assert jobs(box) == [("slip", "queued", "")]
    printer.touch()
    assert [work.run_once(box, catalog), work.run_once(box, catalog)] == [True, False]
    assert jobs(box) == [("slip", "done", "")]
    assert (len(papers(printer.read_bytes())), prints(catalog.db, 4)) == (1, 1)
    catalog.close()


def test_without_a_printer_at_the_line_the_reason_is_written_and_it_does_not_count_as_a_print(box, printer):
    catalog = box.catalog()
    asking.ask(box, catalog, "slip", 4, "经办甲")
    work.run_once(box, catalog)
    assert jobs(box) == [("slip", "failed", "没有找到打印机。请看打印机的电源和线，再试一次")]
    assert (prints(catalog.db, 4), printer.exists()) == (0, False)
    catalog.close()


def test_a_second_print_is_longer_by_the_mark(box, printer):
    printer.touch()
    catalog = box.catalog()
    for _ in range(2):
        asking.ask(box, catalog, "slip", 4, "经办甲")
        work.run_once(box, catalog)
    first, second = papers(printer.read_bytes())
    assert 60 < second.height - first.height < 120  # one line in a frame: 补打，第 2 次打印
    catalog.close()


def test_what_is_not_there_is_refused_at_once(box, tmp_path):
    catalog = box.catalog()
    with pytest.raises(NotFound):
        asking.ask(box, catalog, "slip", 999, "经办甲")
    catalog.close()
    station = make_station(tmp_path / "plain")
    without = station.catalog()
    with pytest.raises(NotAllowed):
        asking.ask(station, without, "test", 0, "经办甲")
    without.close()


@pytest.mark.parametrize("point", [point for point in FAILPOINTS if point.startswith("print.")])
def test_after_a_power_cut_no_slip_comes_twice_by_itself_and_the_next_is_marked(box, printer, point):
    printer.touch()
    assert run_lessonbox("printer", "slip", 4, "--home", box.home).returncode == 0
    assert run_lessonbox("printer", "once", "--home", box.home, failpoint=point).returncode == -9
    assert len(papers(printer.read_bytes())) == 1
    after = answer("printer", "once", "--home", box.home)["jobs"]
    known = {"print.taken": ("failed", work._CUT), "print.committed": ("done", "")}
    assert [(row["state"], row["reason"]) for row in after] == [known[point]]
    assert len(papers(printer.read_bytes())) == 1
    catalog = box.catalog()
    assert prints(catalog.db, 4) == 1
    catalog.close()


def test_a_printer_that_takes_nothing_holds_nobody_up(box, printer, monkeypatch):
    """While the printing part waits for paper, others write to the catalog as ever."""
    monkeypatch.setattr(device.send, "__defaults__", (2.0,))
    os.mkfifo(printer)
    end = os.open(printer, os.O_RDONLY | os.O_NONBLOCK)
    own, other = box.catalog(), box.catalog()
    asking.ask(box, own, "slip", 4, "经办甲")
    thread = threading.Thread(target=lambda: work.run_once(box, box.catalog()))
    thread.start()
    longest = 0.0
    while thread.is_alive():
        began = time.monotonic()
        with other.writing() as db:
            db.execute("update drop_ set name = name")
        longest = max(longest, time.monotonic() - began)
        time.sleep(0.02)
    thread.join()
    assert jobs(box)[0][1:] == ("failed", "打印机没有回应。请看打印机的纸、盖子和电源，再试一次")
    assert longest < 1.0
    os.close(end)
    own.close()
    other.close()


def test_the_doctor_tells_of_the_printer_by_what_became_of_the_last_slip(box, printer, tmp_path):
    catalog, run = box.catalog(), box.folder("run")

    def said() -> tuple[bool | None, str]:
        check = next(one for one in doctor.checks(box, catalog) if one.name == "小票打印机")
        return check.ok, check.says

    assert said() == (False, "打印没有在工作")
    heartbeat.beat(run, "printer")
    assert said() == (None, "还没有打印过")
    asking.ask(box, catalog, "test", 0, "技术员甲")
    work.run_once(box, catalog)
    assert said() == (False, "上一张没有打成：没有找到打印机。请看打印机的电源和线，再试一次")
    printer.touch()
    asking.ask(box, catalog, "test", 0, "技术员甲")
    work.run_once(box, catalog)
    assert said() == (True, "上一张已打或正在打")
    catalog.close()
