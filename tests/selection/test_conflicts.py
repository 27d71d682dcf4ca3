"""Who must not judge whom."""

from __future__ import annotations

import pytest

from appliance.selection.conflicts import Conflict, Entrant, Judge, Schools, conflicts

SCHOOLS = Schools(
    {"一中": "示例县第一中学", "县一中": "示例县第一中学"}, {"一中": "示例教育集团", "示例实验学校": "示例教育集团"}
)
LESSON = Entrant(3, "县一中", ("教师甲", "教师乙"))


@pytest.mark.parametrize(
    ("judge", "expected"),
    [
        (Judge("评委甲", "一 中"), [Conflict("school", "评委甲与课例同校：一 中 = 县一中")]),
        (Judge("评委甲", "示例县第一中学"), [Conflict("school", "评委甲与课例同校：示例县第一中学 = 县一中")]),
        (Judge("评委甲", "示例实验学校"), [Conflict("group", "示例实验学校与县一中同属示例教育集团")]),
        (Judge("评委甲", "二中", coached=frozenset({"教师乙"})), [Conflict("coached", "评委甲指导过教师乙")]),
        (Judge("评委甲", "二中", kin=frozenset({"教师 甲"})), [Conflict("kin", "评委甲是亲属：教师甲")]),
        (Judge("评委甲", "二中", coached=frozenset({"教师丙"})), []),
    ],
)
def test_a_conflict_is_found_with_its_reason(judge: Judge, expected: list[Conflict]) -> None:
    assert conflicts(judge, LESSON, SCHOOLS) == expected


def test_an_unknown_school_is_nobodys_school() -> None:
    assert conflicts(Judge("评委甲", ""), Entrant(1, "", ("",)), Schools()) == []
