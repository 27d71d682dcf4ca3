"""Sheets as counties keep them: a title above, heads in other words, lists in a cell, faults by line."""

from __future__ import annotations

from appliance.roster.changes import Changed, compare
from appliance.roster.reading import Wrong, read
from appliance.roster.sheets import BY_KIND

SCHOOLS = BY_KIND["schools"]
NODES = BY_KIND["nodes"]


def test_a_title_above_and_heads_in_other_words_are_no_obstacle() -> None:
    cells = [
        ["示例县学校一览"],
        ["单位（全称）", "简 称*", "联系人"],
        ["示例第一小学", "一小；示例一小", "某某"],
        ["", "", ""],
    ]
    found = read(SCHOOLS, cells)
    line = {"name": "示例第一小学", "code": "", "aliases": ["一小", "示例一小"], "group": "", "quota": ""}
    assert (found.lines, found.wrong, found.unused) == ((line,), (), ("联系人",))


def test_each_fault_is_said_with_its_line() -> None:
    cells = [["学校名称", "学校代码", "名额"], ["示例一小", "编号1", "三"], ["", "2", "1"], ["示例一小", "", ""]]
    assert read(SCHOOLS, cells).wrong == (
        Wrong(2, "“学校代码”只能用字母和数字，现在是“编号1”"),
        Wrong(2, "“名额”要写整数，现在是“三”"),
        Wrong(3, "“学校名称”没有填"),
        Wrong(4, "和第 2 行重复：示例一小"),
    )


def test_a_sheet_of_another_kind_is_told_by_what_it_lacks() -> None:
    found = read(NODES, [["姓名", "学校"], ["教师甲", "示例一小"]])
    assert found.wrong == (Wrong(0, "前 10 行里没有找到这些栏目：节点编号、课名"),)
    assert read(NODES, []).wrong == found.wrong
    assert read(SCHOOLS, [["学校名称"]]).wrong == (Wrong(0, "表里没有内容"),)


def test_full_width_and_unseen_marks_are_read_through() -> None:
    found = read(SCHOOLS, [["\ufeff学校名称", "代码"], ["示例\u200b第二小学 ", "３６０７"]])
    assert [(line["name"], line["code"]) for line in found.lines] == [("示例第二小学", "3607")]


def test_what_changes_is_told_field_by_field() -> None:
    before = read(
        SCHOOLS, [["学校", "别名", "名额"], ["示例一小", "", "2"], ["示例二小", "", "1"], ["示例三小", "", ""]]
    ).lines
    now = read(
        SCHOOLS, [["学校", "别名", "名额"], ["示例一小", "一小", "3"], ["示例三小", "", ""], ["示例四小", "", ""]]
    ).lines
    changes = compare(SCHOOLS, before, now)
    assert (changes.added, changes.removed, changes.same) == (("示例四小",), ("示例二小",), 1)
    assert changes.changed == (Changed("示例一小", (("别名", "", "一小"), ("名额", "2", "3"))),)
