"""空白模板 (A3): which blank documents an edition gives, and what stands in each. `reports.blanks` writes them as docx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from appliance.rules.edition import Edition

_NUMERALS = "一二三四五六七八九十"
_COMMON = ("课名", "学科", "年级", "教材版本", "册次", "课时", "主讲教师", "学校")
_DECLARED = "本课例为作者原创，引用的材料已注明出处；出镜学生的监护人已同意使用肖像。作者签字：　　　　日期："


@dataclass(frozen=True)
class Blank:
    """`id` stands in the address, `name` is the file's. `rows` are the labels of the table above the headings."""

    id: str
    title: str
    category: str
    headings: tuple[str, ...]
    rows: tuple[str, ...]
    name: str


def blanks(edition: Edition) -> list[Blank]:
    """A blank for each document with required sections; then those for which the edition only has headings of its
    own, and its plain tables."""
    wanted = {key: tuple(section.name for section in sections) for key, sections in edition.sections.items()}
    for role, headings in edition.aliases.get("blank_headings", {}).items():
        for category, asked in edition.materials.items():
            if any(row.role == role for row in asked):
                wanted.setdefault((category, role), tuple(headings))
    found = [_blank(edition, category, role, headings) for (category, role), headings in wanted.items()]
    tables = edition.aliases.get("blank_rows", {})
    return [*found, *(_table_only(edition.role_name(role), role, tuple(rows)) for role, rows in tables.items())]


def _table_only(title: str, role: str, rows: tuple[str, ...]) -> Blank:
    return Blank(role.replace("_", "-"), title, "", (), rows, f"{title}.docx")


def _blank(edition: Edition, category: str, role: str, headings: tuple[str, ...]) -> Blank:
    title, kind = edition.role_name(role), edition.categories[category]
    return Blank(f"{category}-{role}".replace("_", "-"), title, category, headings, _COMMON, f"{kind}-{title}.docx")


def headed(blank: Blank) -> Iterator[str]:
    for number, heading in enumerate(blank.headings):
        yield f"{_NUMERALS[number]}、{heading}"


def filled(label: str) -> str:
    """What stands beside this label already."""
    return _DECLARED if label == "原创声明" else ""


def lines(blank: Blank) -> Iterator[str]:
    """All that the blank says, in the order of reading."""
    yield blank.title
    for label in blank.rows:
        yield label
        yield filled(label)
    yield from headed(blank)
