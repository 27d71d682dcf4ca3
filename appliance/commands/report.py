"""`lessonbox report NAME [NO…] --out FILE`: papers, as HTML that prints or as a workbook."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from appliance.catalog import lessons, rosters
from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.model import LessonState
from appliance.reports import session_papers, summary
from appliance.reports.contact import contact_form
from appliance.reports.delivery import delivery_view
from appliance.reports.entry_sheet import entry_sheets, values
from appliance.reports.remedies import with_steps
from appliance.reports.slip import slip
from appliance.station import Station
from appliance.store.files import replacing

_GOES_UP = (LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED)
_MOST = 10_000


@dataclass(frozen=True)
class Report:
    """`of`: what the numbers are; "" when there are none. `one`: exactly one number."""

    title: str
    of: str
    make: Callable[[Station, Sequence[int]], str | bytes]
    one: bool = False


def _slip(box: Station, numbers: Sequence[int], paper: str = "a4") -> str:
    edition = box.edition()
    view = with_steps(delivery_view(box.catalog().db, numbers[0], edition), edition)
    return slip({**view, "station": box.settings.name, "edition": edition.title}, paper)


def _summary(box: Station, numbers: Sequence[int]) -> bytes:
    """By the county's own workbook where there is one."""
    edition, db = box.edition(), box.catalog().db
    nodes = rosters.lines(db, "nodes")
    rows = [values(lessons.by_no(db, no), edition, nodes) for no in numbers or _going_up(box)]
    once = {"填报单位": box.settings.name, "填报日期": dt.date.today().isoformat(), "年度": edition.title}
    template = box.home / "templates" / "推荐汇总表.xlsx"
    if template.is_file():
        return summary.filled(template, rows, once)
    return summary.workbook(rows, edition.selection["summary"]["fields"], once)


def _entry(box: Station, numbers: Sequence[int]) -> str:
    return entry_sheets(box.catalog(), box.edition(), numbers or _going_up(box))


def _going_up(box: Station) -> list[int]:
    db = box.catalog().db
    return sorted(row["no"] for state in _GOES_UP for row in lessons.find(db, state, limit=_MOST))


REPORTS: dict[str, Report] = {
    "slip": Report("检查通知单", "投递的号", _slip, one=True),
    "slip-80": Report("检查通知单，80 毫米小票", "投递的号", lambda box, n: _slip(box, n, "80"), one=True),
    "lots": Report("抽签单", "场次的号", lambda box, n: session_papers.lots(box.catalog(), n[0]), one=True),
    "score-sheet": Report(
        "评分表，每位评委每节课一页",
        "场次的号",
        lambda box, n: session_papers.score_sheets(box.catalog(), n[0]),
        one=True,
    ),
    "ranking": Report(
        "评分汇总与排名", "场次的号", lambda box, n: session_papers.ranking(box.catalog(), n[0]), one=True
    ),
    "summary": Report("推荐汇总表（xlsx）", "课例的号，不写就是审批通过的全部", _summary),
    "entry-sheet": Report("平台填报单，一节课一页", "课例的号，不写就是审批通过的全部", _entry),
    "contact": Report("工作联系人信息表", "", lambda box, _: contact_form(box.home / "contact.toml")),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    told = "；".join(f"{name}：{one.title}" for name, one in REPORTS.items())
    parser.add_argument("name", choices=sorted(REPORTS), help=told)
    parser.add_argument("numbers", type=int, nargs="*", metavar="NO", help="投递、场次或课例的号")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到这个文件")


def run(args: argparse.Namespace) -> Answer:
    """Raises `NotFound`, `WrongUse`."""
    report = REPORTS[args.name]
    if report.one and len(args.numbers) != 1:
        raise WrongUse(f"{report.title}要写一个号：{report.of}")
    made = report.make(station(args), args.numbers)
    data = made.encode() if isinstance(made, str) else made
    with replacing(args.out.absolute(), 0o644) as out:
        out.write(data)
    return Answer({"out": str(args.out), "bytes": len(data)}, f"已写到 {args.out}")
