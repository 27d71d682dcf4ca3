"""The slip: what it says, in which order, and that a stranger's name stays a name."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from appliance.model import Finding, Identity, Lesson, LessonState, Material, Outcome, Phase, Severity, Verdict
from appliance.reports.lesson_json import lesson_json
from appliance.reports.remedies import with_steps
from appliance.reports.shown import shown
from appliance.reports.slip import slip
from appliance.reports.slip_marks import check_code, qr
from appliance.rules.load import load

FPS = Finding("video-fps", "V5", Severity.ERROR, Outcome.FAIL, "甲/微课.mp4", "30 帧/秒", "25 帧/秒", "视频帧率是 30 帧/秒",
              "在剪辑软件的导出设置里把帧率改成 25，再导出一次", "附件1 一（二）")  # fmt: skip
CARD = Finding("title-card", "V3", Severity.INFO, Outcome.PERSON, "", "", "", "看来是片头", "请人核对片头上的字")


def a_lesson(title: str = "分数", findings: tuple[Finding, ...] = (CARD, FPS)) -> dict[str, Any]:
    identity = Identity(title=title, category="subject", stage="primary", teacher="教师甲", school="示例小学")
    material = Material("video", 1, "甲/微课.mp4", "ab" * 32, 9)
    lesson = Lesson(3, identity, LessonState.RETURNED, Phase.PRODUCTION, Verdict.RETURN, 1, (material,))
    return lesson_json(lesson, findings, load("2024"))


def a_delivery(**changes: Any) -> dict[str, Any]:
    entries = [
        {"name": "甲/微课.mp4", "size": 9, "fate": "stored", "reason": "", "sha256": "ab" * 32},
        {"name": "autorun.inf", "size": 1, "fate": "ignored", "reason": "自动运行文件，可能是病毒", "sha256": ""},
    ]
    return {
        "no": 12, "receipt": "110101-00012", "school": "示例小学", "received_at": "2024-09-01T08:30:00+08:00",
        "clock": "rtc", "duplicate_of": None, "lessons": [a_lesson()], "entries": entries, **changes,
    }  # fmt: skip


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self._style = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self._style = tag == "style"

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._style:
            self.words.append(data)
        self._style = False


def read(page: str) -> _Text:
    text = _Text()
    text.feed(page)
    return text


@pytest.mark.clause("W3")
def test_the_slip_says_who_when_what_and_how_to_mend_it() -> None:
    assert "".join(read(slip(a_delivery())).words).replace("\n", "") == (
        "检查通知单 110101-00012课例检查通知单回执号110101-00012学校示例小学收件时间2024-09-01 08:30:00（时间未核对）"
        f"收到1 个文件，1 节课例回执号的二维码核对码{check_code(a_delivery())}《分数》教师甲退回补正"
        "请先改这些，改好后再交V5微课.mp4：视频帧率是 30 帧/秒。在剪辑软件的导出设置里把帧率改成 25，再导出一次。"
        "供参考V3看来是片头。请人核对片头上的字。"
        "没有收的文件autorun.inf没有收：自动运行文件，可能是病毒"
        "每行右边的代号是通知里的条款。改好后，把整个文件夹再交一次。核对码相同的两张单子内容相同。"
    )


def test_a_checked_clock_needs_no_remark_and_a_repeated_delivery_names_the_first() -> None:
    words = read(slip(a_delivery(clock="ntp", duplicate_of=7))).words
    assert ("（时间未核对）" in "".join(words), "这份资料已收过，见第 7 号投递" in words) == (False, True)


@pytest.mark.fault("H6")
def test_script_in_any_field_stays_text() -> None:
    evil = '<script>alert(1)</script>"&'
    entry = {"name": evil, "size": 1, "fate": "quarantined", "reason": evil, "sha256": ""}
    page = slip(a_delivery(school=evil, receipt=evil, lessons=[a_lesson(evil)], entries=[entry]))
    text = read(page)
    assert ("script" in text.tags, "".join(text.words).count(evil)) == (False, 6)


@pytest.mark.fault("H5")
def test_a_name_cannot_turn_a_line_around_or_hide() -> None:
    assert shown("教案\u202e4pm.exe\u200b\n\x1b[2J\udce4") == ("教案<U+202E>4pm.exe<U+200B><U+000A><U+001B>[2J<U+DCE4>")
    page = slip(a_delivery(school="小学\u202egnp\udce4"))
    assert (re.findall(r"[\u202a-\u202e\u2066-\u2069]", page), page.encode() != b"") == ([], True)


def test_a_lesson_without_findings_says_so() -> None:
    assert "没有发现问题。" in read(slip(a_delivery(lessons=[a_lesson(findings=())]))).words


def test_the_page_loads_nothing_from_anywhere(tmp_path: Path) -> None:
    page = slip(a_delivery())
    assert re.findall(r"(?:src|href)=|url\(|@import|https?:", page) == []


def said(page: str) -> str:
    return "".join(read(page).words)


def test_the_code_is_the_same_for_the_same_and_another_after_any_change() -> None:
    other = [a_lesson(findings=(CARD,)), {**a_lesson(), "turn": "first"}, {**a_lesson(), "verdict": "pass"}]
    codes = [check_code(a_delivery()), *(check_code(a_delivery(lessons=[lesson])) for lesson in other)]
    assert (codes[0], len(set(codes))) == (check_code(a_delivery(no=99, clock="ntp")), 4)
    assert re.fullmatch("[0-9A-F]{4}-[0-9A-F]{4}", codes[0])


def test_the_qr_is_of_the_receipt_number() -> None:
    page = slip(a_delivery())
    svg = re.search(r"<svg.*?</svg>", page, re.S)
    assert svg and "style=" not in svg[0]
    assert svg[0] == qr("110101-00012")


@pytest.mark.parametrize(("paper", "page_size"), [("a4", "size: A4"), ("80", "size: 80mm"), ("x", "size: A4")])
def test_one_text_on_two_papers(paper: str, page_size: str) -> None:
    page = slip(a_delivery(), paper)
    assert (page_size in page, said(page)) == (True, said(slip(a_delivery())))


def test_a_later_print_says_which_it_is() -> None:
    assert ["补打" in said(slip(a_delivery(printed=n))) for n in (1, 2)] == [False, True]
    assert "补打，第 3 次打印" in said(slip(a_delivery(printed=3)))


def test_a_first_answer_says_that_more_may_come() -> None:
    early = slip(a_delivery(lessons=[{**a_lesson(), "turn": "first"}]))
    full = slip(a_delivery(lessons=[{**a_lesson(), "turn": "full"}]))
    assert ["这是初步检查" in said(page) for page in (early, full)] == [True, False]


@pytest.mark.clause("W3")
@pytest.mark.parametrize(
    ("chosen", "made_with", "program"),
    [
        ("", "", "剪映"), ("会声会影", "", "会声会影"), ("没有这个软件", "", "剪映"),
        ("", "Adobe Premiere Pro 2020.0 (Windows)", "Premiere"), ("必剪", "Adobe Media Encoder", "必剪"),
    ],
)  # fmt: skip
def test_the_steps_are_for_the_program_that_was_chosen_or_used(chosen: str, made_with: str, program: str) -> None:
    lesson = a_lesson()
    lesson["materials"][0]["media"] = {"made_with": made_with}
    edition = load("2024")
    text = said(slip(with_steps(a_delivery(lessons=[lesson]), edition, chosen)))
    assert f"用{program}：" + "".join(edition.steps("video-fps")[program]) in text
    assert text.count("用") == 1 + "".join(edition.steps("video-fps")[program]).count("用")  # a question has no steps


def test_what_was_let_pass_needs_no_steps() -> None:
    lesson = a_lesson()
    lesson["findings"] = [{**one, "waived": "经办甲：可以"} for one in lesson["findings"]]
    assert [one.get("how") for one in with_steps(a_delivery(lessons=[lesson]), load("2024"))["lessons"][0]["findings"]] == [
        None, None,
    ]  # fmt: skip
