"""`lessonbox report NAME [NO…] --out FILE`: papers, as HTML that prints or as a workbook."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from appliance.cli import Answer, station
from appliance.errors import WrongUse
from appliance.reports import filming, going_up, reminder, session_papers, signing
from appliance.reports.contact import contact_form
from appliance.reports.delivery import delivery_view
from appliance.reports.judge_sheets import judge_sheets
from appliance.reports.remedies import with_steps
from appliance.reports.slip import slip
from appliance.station import Station
from appliance.store.files import replacing


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
    "judge-sheets": Report(
        "评委打分单，签字用", "场次的号", lambda box, n: judge_sheets(box.catalog(), n[0]), one=True
    ),
    "ranking": Report(
        "评分汇总与排名", "场次的号", lambda box, n: session_papers.ranking(box.catalog(), n[0]), one=True
    ),
    "summary": Report(
        "推荐汇总表（xlsx）", "课例的号，不写就是审批通过的全部", lambda box, n: going_up.summary_of(box, n)
    ),
    "entry-sheet": Report(
        "平台填报单，一节课一页", "课例的号，不写就是审批通过的全部", lambda box, n: going_up.entry_of(box, n)
    ),
    "declaration": Report("原创声明和网络传播授权，签字用", "课例的号", lambda box, n: signing.declarations(box, n)),
    "consent": Report("学生出镜同意书，签字用", "课例的号", lambda box, n: signing.consents(box, n)),
    "filming": Report(
        "拍摄通知单", "课例的号", lambda box, n: filming.slips(box.catalog().db, box.edition(), n, box.settings.name)
    ),
    "reminder": Report(
        "催交单，一所学校一页",
        "课例的号，催这些课例的学校；不写就是全部学校",
        lambda box, n: reminder.of_lessons(box, box.catalog().db, n),
    ),
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
