"""The sample office's selection: a session with its judges, a list that is shown in public, rosters."""

from __future__ import annotations

from sqlite_utils import Database

from appliance.catalog import Catalog, drafts, lessons, papers, publicity, rosters
from appliance.rules.load import load
from appliance.selection import recusal, seating, trial
from appliance.selection.publicity import line
from tests.web.people import HOSTILE


def session(catalog: Catalog) -> None:
    """Drawn and led by 审批甲: two lessons, two judges of whom one is recused, an observer, a touch, a sheet on paper."""
    by = "经办甲"
    no = trial.create(
        catalog, load("2024"), f"示例场次{HOSTILE}", "subject", "primary", "", "第一教室", ["8"], by, "审批甲"
    )
    trial.add(catalog, no, [2, 4], "finished_video", by)
    seating.seat(catalog, no, seating.Person(f"评委甲{HOSTILE}", "示例教研室", ["数学"], ["教师乙"]), by)
    seating.seat(catalog, no, seating.Person("评委乙", "示例第一小学"), by)
    seating.seat(catalog, no, seating.Person("观摩甲", "示例教研室"), by, "observer")
    recusal.override(catalog, no, 4, "评委乙", "只在这所学校代过课", by, "审批甲")
    trial.cast_lots(catalog, no, "八六一三", by)
    with catalog.writing() as db:
        drafts.add(db, no, 2, "观摩甲", "tablet", 1, {"1": "8"}, "")
        row = {"session": no, "lesson": 4, "judge": "评委乙", "comment": HOSTILE, "written_total": "8", "reason": "",
               "scan": "", "sort": ""}  # fmt: skip
        papers.enter(db, row, {str(n): "1" for n in range(1, 8)}, by)


def shown_in_public(db: Database) -> None:
    """One list with an answered objection and one without; nobody closed it."""
    row = {"title": f"示例公示{HOSTILE}", "contact": "示例县教育局基教科", "first_day": "2024-09-20", "days": 5,
           "last_day": "2024-09-27", "edition": "2024", "edition_hash": "0" * 64}  # fmt: skip
    lines = [line(n, lessons.by_no(db, n).identity, load("2024")) for n in range(1, lessons.count(db) + 1)]
    no = publicity.add(db, row, lines, "经办甲")
    answered = publicity.object_to(db, no, 1, "某人", f"教学设计有雷同{HOSTILE}", "经办甲")
    publicity.answer(db, answered, "dismissed", "逐段比对，不属实", "审批甲")
    publicity.object_to(db, no, None, "某校", "名额不公", "经办甲")


def in_rosters(db: Database) -> None:
    """One in force, and a draft that adds, changes and removes a school."""
    lines = [
        {"name": f"示例第{n}小学", "code": f"010{n}", "aliases": [f"{n}小"], "group": "", "quota": "2"}
        for n in range(4)
    ]
    rosters.settle(
        db, rosters.add(db, "schools", "学校名册.xlsx", "0" * 64, lines[:3], "经办甲"), rosters.IN_FORCE, "经办甲"
    )
    draft = [lines[0] | {"group": "示例教育集团"}, lines[2], lines[3] | {"name": f"示例镇中心小学{HOSTILE}"}]
    rosters.add(db, "schools", "学校名册（新）.xlsx", "1" * 64, draft, "经办甲")
