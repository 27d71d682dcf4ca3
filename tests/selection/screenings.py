"""A round of 初筛 in a real catalog: a roster of four experts, three designs, two readers each."""

from __future__ import annotations

from appliance.catalog import Catalog, rosters
from appliance.model import LessonState
from appliance.rules.load import load
from appliance.selection import profiles
from appliance.selection.screening import rounds
from tests.selection.sessions import lesson

EDITION = load("2024")
FIRST = profiles.read(EDITION.selection, lambda identity: "design_first")
EXPERTS = {"专家甲": "示例教研室", "专家乙": "示例教研室", "专家丙": "示例第一小学", "专家丁": "示例第二中学"}


def roster(catalog: Catalog, experts: dict[str, str] | None = None) -> None:
    lines = [
        {"name": name, "school": school, "subjects": ["数学"] if name != "专家丁" else ["语文"],
         "coached": ["教师丙"] if name == "专家乙" else [], "kin": []}
        for name, school in (EXPERTS if experts is None else experts).items()
    ]  # fmt: skip
    with catalog.writing() as db:
        number = rosters.add(db, "judges", "评委名册.xlsx", "0" * 64, lines, "经办甲")
        rosters.settle(db, number, rosters.IN_FORCE, "经办甲")


def designs(catalog: Catalog) -> list[int]:
    """教师甲 of 示例第一小学 (where 专家丙 teaches), 教师乙 of another, 教师丙 whom 专家乙 coached."""
    return [
        lesson(catalog, teacher, school, LessonState.SUBMITTED)
        for teacher, school in (("教师甲", "示例第一小学"), ("教师乙", "示例第三小学"), ("教师丙", "示例第三小学"))
    ]


def begun(catalog: Catalog) -> rounds.Given:
    roster(catalog)
    asked = rounds.Asked("小学数学初筛", tuple(designs(catalog)), 2, "春")
    return rounds.begin(catalog, asked, FIRST, EDITION, "经办甲")
