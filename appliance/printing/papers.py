"""What can be printed on receipt paper: a row a paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database

from appliance import clock
from appliance.reports import paper, reminder
from appliance.reports.delivery_slip import delivery_slip, prints
from appliance.reports.slip_style import style
from appliance.station import Station


@dataclass(frozen=True)
class Paper:
    """`html`: of the thing with this number; raises `NotFound`. `counted`: prints of it are counted and marked."""

    title: str
    html: Callable[[Station, Database, int], str]
    counted: bool = False


def _slip(station: Station, db: Database, no: int) -> str:
    return delivery_slip(station, db, no, "80", printed=prints(db, no) + 1)


def _test(station: Station, db: Database, no: int) -> str:
    return paper.paper(
        "printer_test", "打印测试", style=style("80"), station=station.settings.name, at=clock.now().wall[:16],
        qr=paper.qr(station.settings.code),
    )  # fmt: skip


def _reminder(station: Station, db: Database, no: int) -> str:
    """`no`: a lesson, whose school is reminded of all its candidates."""
    return reminder.of_lessons(station, db, [no], "80")


PAPERS = {
    "slip": Paper("检查通知单", _slip, counted=True), "reminder": Paper("催交单", _reminder), "test": Paper("打印测试", _test),
}  # fmt: skip
