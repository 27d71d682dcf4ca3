"""Name trees as schools really make them, and what identification makes of each."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.intake.identify import identify
from appliance.model import LessonGuess
from appliance.rules.load import load

EDITION = load("2024")
USUAL = ("教学设计.docx", "学习任务单.docx", "课件.pptx", "作业练习.docx", "微课视频.mp4")
USUAL_ROLES = ("plan", "task_sheet", "slides", "exercises", "video")


def guesses(*names: str, **more: object) -> list[LessonGuess]:
    given_names = [(name, f"{number:064x}", 1) for number, name in enumerate(names)]
    return identify(given_names, EDITION, **more)  # type: ignore[arg-type]


def one(*names: str, **more: object) -> LessonGuess:
    (guess,) = guesses(*names, **more)
    return guess


def identity(guess: LessonGuess) -> dict[str, object]:
    """The fields that are known, but the sources; one period goes without saying."""
    shown = {name: value for name, value in vars(guess.identity).items() if value and name != "sources"}
    return {name: value for name, value in shown.items() if (name, value) != ("periods", 1)}


def roles(guess: LessonGuess) -> list[tuple[str, int]]:
    return [(material.role, material.period) for material in guess.materials]


SUBJECT = {"category": "subject", "stage": "primary", "subject": "数学", "grade": "三年级"}
TREES = [
    ("示例第一小学/三年级数学《面积》教师甲/教案.docx",
     {**SUBJECT, "title": "面积", "teacher": "教师甲", "school": "示例第一小学"}),
    ("示例实验小学/３年级数学《面积》（定稿）/教案.docx", {**SUBJECT, "title": "面积", "school": "示例实验小学"}),
    ("三年级_数学_长方形的面积_张三/教案.docx", {**SUBJECT, "title": "长方形的面积", "teacher": "张三"}),
    ("三年级 数学 长方形的面积 主讲教师：李四/教案.docx", {**SUBJECT, "title": "长方形的面积", "teacher": "李四"}),
    ("三年级数学《面积》欧阳小明/教案.docx", {**SUBJECT, "title": "面积", "teacher": "欧阳小明"}),
    ("示例一小/三年级/数学/张三/长方形的面积教学设计终稿2.docx",
     {**SUBJECT, "title": "长方形的面积", "teacher": "张三", "school": "示例一小"}),
    ("示例中学_初一_英语_Unit 1 My name_李四老师/教案.docx",
     {"category": "subject", "stage": "junior", "subject": "英语", "grade": "七年级", "title": "Unit 1 My name",
      "teacher": "李四", "school": "示例中学"}),
    ("部编版八年级语文下册《桃花源记》/教案.docx",
     {"category": "subject", "stage": "junior", "subject": "语文", "grade": "八年级", "textbook": "统编版",
      "volume": "下册", "title": "桃花源记"}),
    ("示例培智学校/三年级生活数学《认识人民币》/教案.docx",
     {"category": "special", "special_kind": "intellectual", "stage": "primary", "subject": "生活数学",
      "grade": "三年级", "title": "认识人民币", "school": "示例培智学校"}),
    ("示例县聋校/初二物理《浮力》/教案.doc",
     {"category": "special", "special_kind": "deaf", "stage": "junior", "subject": "物理", "grade": "八年级",
      "title": "浮力", "school": "示例县聋校"}),
    ("示例实验中学/高二化学实验教学《中和滴定》/教学设计.docx",
     {"category": "experiment", "stage": "senior", "subject": "化学", "grade": "高二", "title": "中和滴定",
      "school": "示例实验中学"}),
    ("五年级科学《摆的快慢》/实验教学设计.docx",
     {"category": "experiment", "stage": "primary", "subject": "科学", "grade": "五年级", "title": "摆的快慢"}),
    ("五年级科学《摆的快慢》.zip/导学案.docx",
     {"category": "experiment", "stage": "primary", "subject": "科学", "grade": "五年级", "title": "摆的快慢"}),
    ("七上数学《有理数》/教案.docx",
     {"category": "subject", "stage": "junior", "subject": "数学", "grade": "七年级", "volume": "上册", "title": "有理数"}),
    ("示例镇中心小学推荐材料/语文/观潮（李四）/教案.docx",
     {"category": "subject", "stage": "primary", "subject": "语文", "title": "观潮", "teacher": "李四",
      "school": "示例镇中心小学"}),
    ("教学设计.docx", {"category": "subject"}),
    ("DCIM/IMG_001.mp4", {"category": "subject"}),
    ("一小时有多长/教案.docx", {"category": "subject", "title": "一小时有多长"}),
]  # fmt: skip


@pytest.mark.clause("G1", "P1", "W1")
@pytest.mark.parametrize(("name", "expected"), TREES, ids=[name for name, _ in TREES])
def test_a_path_tells_the_lesson(name: str, expected: dict[str, object]) -> None:
    assert identity(one(name)) == expected


ROLES = [
    ("教案（修改）.doc", "plan"),
    ("自主学习任务单.wps", "task_sheet"),
    ("面积PPT.pptx", "slides"),
    ("面积.pptx", "slides"),
    ("课件.docx", ""),
    ("课后练习.pdf", "exercises"),
    ("面积.MP4", "video"),
    ("教学设计.mp4", "video"),
    ("实验视频.mov", "experiment_video"),
    ("《作业》教案.docx", "plan"),
    ("申报表.xlsx", "form"),
    ("佐证材料/教案.docx", "evidence"),
    ("教学设计/面积.docx", "plan"),
    ("教案/面积课件.pptx", "slides"),
    ("照片.jpg", ""),
    ("背景音乐.mp3", ""),
    ("提交单.json", "other"),
]


@pytest.mark.parametrize(("name", "role"), ROLES, ids=[name for name, _ in ROLES])
def test_a_file_name_tells_the_role_that_its_kind_can_have(name: str, role: str) -> None:
    guess = one("三年级数学《面积》/学习任务单.docx", f"三年级数学《面积》/{name}")
    assert guess.materials[1].role == role


@pytest.mark.clause("G1", "E3", "E12")
def test_in_an_experiment_the_same_words_mean_the_experiment_materials_and_pictures_are_pupils_work() -> None:
    folder = "八年级物理实验教学《浮力》/"
    names = ("教学设计.docx", "视频.mp4", "导学案.docx", "导学案1.jpg", "学生导学案扫描/2.png", "课件.pptx")
    assert roles(one(*(folder + name for name in names))) == [
        ("experiment_plan", 1), ("experiment_video", 1), ("guide", 1), ("pupil_work", 1), ("pupil_work", 1),
        ("slides", 1),
    ]  # fmt: skip


@pytest.mark.clause("A1", "A2")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("第一课时/{}", "第二课时/{}"), ("第1课时{}", "第２课时{}"), ("课时1 {}", "课时2 {}"), ("(1)/{}", "(2)/{}"),
    ],
)  # fmt: skip
def test_periods_are_read_from_folders_and_files(first: str, second: str) -> None:
    folder = "三年级数学《面积》/"
    guess = one(*(folder + way.format(name) for way in (first, second) for name in USUAL))
    assert roles(guess) == [(role, period) for period in (1, 2) for role in USUAL_ROLES]
    assert guess.identity.periods == 2


def test_sibling_folders_of_two_periods_are_one_lesson() -> None:
    guess = one("三年级数学《面积》（1）/教案.docx", "三年级数学《面积》（2）/教案.docx")
    assert roles(guess) == [("plan", 1), ("plan", 2)]


def test_a_number_of_periods_that_is_written_is_kept_though_only_one_came() -> None:
    guess = one("三年级数学《面积》（共2课时）/第1课时/教案.docx")
    assert (guess.identity.periods, roles(guess)) == (2, [("plan", 1)])


def test_numbers_in_brackets_are_periods_when_they_count_up_and_else_second_downloads() -> None:
    folder = "三年级数学《面积》/"
    periods = one(folder + "教案(1).docx", folder + "教案(2).docx", folder + "课件(2).pptx")
    copies = one(folder + "教案.docx", folder + "教案(1).docx")
    assert roles(periods) == [("plan", 1), ("plan", 2), ("slides", 2)]
    assert (roles(copies), copies.doubts) == ([("plan", 1)] * 2, ("“教案(1).docx”括号里的 1 没有当作课时",))


def test_a_stick_of_two_schools_is_one_guess_a_lesson_folder() -> None:
    folders = (
        "示例第一小学/三年级数学《面积》张三",
        "示例第一小学/四年级语文《观潮》李四",
        "示例中学/七年级英语《My day》王五",
    )
    found = guesses(*(f"{folder}/{name}" for folder in folders for name in USUAL))
    assert [(g.identity.school, g.identity.title, g.identity.teacher) for g in found] == [
        ("示例中学", "My day", "王五"), ("示例第一小学", "面积", "张三"), ("示例第一小学", "观潮", "李四"),
    ]  # fmt: skip
    assert [tuple(m.role for m in g.materials) for g in found] == [USUAL_ROLES] * 3


def test_loose_files_at_the_root_are_sorted_by_the_title_in_their_names() -> None:
    found = guesses("《观潮》教案.docx", "《面积》教案.docx", "《观潮》课件.pptx", "面积课件.pptx", "汇总表.xlsx")
    assert [(g.identity.title, [m.name for m in g.materials]) for g in found] == [
        ("观潮", ["《观潮》教案.docx", "《观潮》课件.pptx"]),
        ("面积", ["《面积》教案.docx", "面积课件.pptx"]),
        ("", ["汇总表.xlsx"]),
    ]


def test_folders_by_role_that_hold_files_by_title_are_sorted_by_title() -> None:
    found = guesses("教学设计/观潮.docx", "教学设计/面积.docx", "微课视频/观潮.mp4", "微课视频/面积.mp4")
    assert [(g.identity.title, roles(g)) for g in found] == [
        ("观潮", [("plan", 1), ("video", 1)]), ("面积", [("plan", 1), ("video", 1)]),
    ]  # fmt: skip


def test_pictures_in_a_folder_of_their_own_stay_with_their_lesson() -> None:
    guess = one("三年级数学《面积》/教案.docx", "三年级数学《面积》/拍的/a.jpg")
    assert roles(guess) == [("plan", 1), ("", 1)]
    assert guess.doubts == ("不知道“a.jpg”是什么材料",)


def test_the_hint_names_the_school_and_tells_the_stage_and_the_sources_are_kept() -> None:
    guess = one("数学《面积》/教案.docx", school_hint="示例第二小学")
    assert identity(guess) == {
        "title": "面积", "category": "subject", "stage": "primary", "subject": "数学", "school": "示例第二小学",
    }  # fmt: skip
    assert guess.identity.sources == {
        "school": "folder", "title": "folder", "subject": "folder", "stage": "folder", "category": "filename",
    }  # fmt: skip


def test_what_a_person_said_stands_above_the_names() -> None:
    guess = one("三年级数学《面积》/教学设计.docx", forced={"category": "experiment", "stage": "junior"})
    assert (guess.identity.category, guess.identity.stage, guess.identity.sources["stage"]) == (
        "experiment", "junior", "person",
    )  # fmt: skip
    assert roles(guess) == [("experiment_plan", 1)]


@pytest.mark.clause("P1")
def test_what_names_do_not_say_waits_for_a_person_with_the_reason() -> None:
    guess = one("新建文件夹/001.pdf")
    assert (guess.identity.known, guess.doubts) == (
        False, ("看不出课名", "看不出类别", "看不出学段", "不知道“001.pdf”是什么材料"),
    )  # fmt: skip


_WORDS = st.sampled_from(
    ["《", "》", "面积", "教案", "第1课时", "(2)", "示例小学", "三年级", "数学", "张三", " ", "_", ".", "/", "mp4", "docx",
     "实验", "İ", "\u0301", "\udc80", "\x00", "课时十", "第百课时"]
)  # fmt: skip
_NAMES = st.one_of(st.lists(_WORDS, min_size=1, max_size=12).map("".join), st.text(min_size=1, max_size=30))


@settings(max_examples=120, deadline=None)
@given(st.lists(_NAMES, max_size=12), st.text(max_size=5))
def test_any_names_are_kept_each_in_one_guess_and_none_raises(names: list[str], hint: str) -> None:
    found = guesses(*names, school_hint=hint)
    assert Counter(m.name for g in found for m in g.materials) == Counter(names)
    assert found == guesses(*names, school_hint=hint)
