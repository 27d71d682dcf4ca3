"""The sheets that a county keeps, column by column. Adding one is a row of SHEETS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 120  # characters of a cell


@dataclass(frozen=True)
class Column:
    """`heads`: the words over the column, the first is the one on the blank sheet. `many`: several, separated by
    、 ； or a comma. `wrong`: says what is wrong with a cell, "" when nothing is."""

    name: str
    heads: tuple[str, ...]
    required: bool = False
    many: bool = False
    wrong: Callable[[str], str] = lambda text: ""


@dataclass(frozen=True)
class Sheet:
    """`key`: the columns that make a line unlike every other one."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    example: tuple[str, ...]


def _number(text: str) -> str:
    return "" if not text or (text.isascii() and text.isdecimal() and len(text) < 7) else "要写整数"


def _code(text: str) -> str:
    return "" if text.isascii() and all(char.isalnum() or char in "-_." for char in text) else "只能用字母和数字"


_STAGE = Column("stage", ("学段",))
_SUBJECT = Column("subject", ("学科", "任教学科", "科目"))
_GRADE = Column("grade", ("年级",))
_TEXTBOOK = ("教材版本", "版本", "教材")
_VOLUME = Column("volume", ("册次", "册别"))
_SCHOOL = Column("school", ("学校", "学校名称", "单位", "所在学校", "工作单位"), required=True)

SHEETS = (
    Sheet(
        "schools", "学校名册",
        (
            Column("name", ("学校名称", "学校", "单位名称", "单位"), required=True),
            Column("code", ("学校代码", "代码", "标识码"), wrong=_code),
            Column("aliases", ("别名", "简称", "其他名称", "曾用名"), many=True),
            Column("group", ("教育集团", "集团", "集团校")),
            Column("quota", ("名额", "推荐名额"), wrong=_number),
        ),
        ("name",), ("示例第一小学", "3607310001", "一小、示例一小", "示例教育集团", "3"),
    ),
    Sheet(
        "teachers", "教师名册",
        (Column("name", ("姓名", "教师姓名", "教师"), required=True), _SCHOOL, _STAGE, _SUBJECT),
        ("name", "school"), ("教师甲", "示例第一小学", "小学", "数学"),
    ),
    Sheet(
        "judges", "评委名册",
        (
            Column("name", ("姓名", "评委姓名", "评委", "专家姓名"), required=True), _SCHOOL,
            Column("subjects", ("学科", "评审学科", "任教学科"), many=True),
            Column("coached", ("指导过的教师", "指导教师", "指导过"), many=True),
            Column("kin", ("亲属", "参评亲属"), many=True),
        ),
        ("name",), ("评委甲", "示例第二小学", "数学、科学", "教师甲", ""),
    ),
    Sheet(
        "nodes", "课程目录节点",
        (
            Column("id", ("节点编号", "节点", "编号", "ID"), required=True), _STAGE, _GRADE, _SUBJECT,
            Column("textbook", _TEXTBOOK), _VOLUME,
            Column("unit", ("单元", "章", "章节")),
            Column("title", ("课名", "课题", "课程名称", "节点名称", "课时名称"), required=True),
        ),
        ("id",), ("N0001", "小学", "三年级", "数学", "人教版", "上册", "第八单元", "分数的初步认识"),
    ),
    Sheet(
        "textbooks", "教材目录",
        (
            Column("name", _TEXTBOOK, required=True), _STAGE, _SUBJECT, _GRADE, _VOLUME,
            Column("aliases", ("别名", "简称", "其他名称"), many=True),
        ),
        ("name", "stage", "subject", "grade", "volume"), ("统编版", "小学", "语文", "三年级", "上册", "部编版、人教统编"),
    ),
)  # fmt: skip
BY_KIND = {sheet.kind: sheet for sheet in SHEETS}
