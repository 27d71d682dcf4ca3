from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.originality.text import MOST, TextPrint, compare, plain, text_print
from tests.originality.writing import edited, sentences, touched

PLAN = sentences(1, 120)
LEAST = 120
FIRST = (
    "教学目标：结合分月饼的情境，初步认识几分之一，会读会写简单的分数，知道分数各部分的名称。通过折一折、涂一涂，体会平均分"
    "是得到分数的前提，感受同样大的圆分得越多每一份越小。教学过程：出示中秋节分月饼的图片，提问四个月饼平均分给两个小朋友，"
    "每人几个，两个呢，一个呢。学生用自己的办法表示一半，教师引出二分之一。请学生拿出圆形纸片折出它的四分之一，在小组里说清"
    "楚是怎样折的，为什么涂色部分都可以用四分之一表示。最后比较二分之一和四分之一的大小，完成课本上的练习并说出理由。"
)
SECOND = (
    "学习目标：我能在具体的操作活动中理解几分之一的含义，能借助图形比较两个分子是一的分数的大小，能用规范的语言表达。重点是"
    "认识几分之一，难点是明白分母表示平均分成了多少份。导入环节播放一段切蛋糕的动画，让孩子们议一议怎样分才公平。新授环节先"
    "让每名学生在长方形纸上画出自己心中的一半，贴到黑板上互相评判，由此揭示分数的写法和读法，强调先写分数线。接着开展找朋友的"
    "游戏，把卡片上的图和对应的分数连起来。巩固环节分三个层次，先判断后填空，再用分数描述班里的人数。小结时请学生谈收获。"
)


def score(one: list[str], other: list[str], blank: tuple[int, ...] = (), common: tuple[int, ...] = ()) -> float:
    return compare(text_print(one), text_print(other), set(blank), set(common), LEAST).score


@pytest.mark.clause("G8")
def test_two_authors_on_one_topic_share_almost_nothing() -> None:
    assert score([FIRST], [SECOND]) < 0.02


@pytest.mark.clause("G8")
def test_two_authors_who_own_the_same_hundred_words_stay_far_below_what_is_told() -> None:
    assert score(PLAN, sentences(2, 120)) < 0.15


@pytest.mark.clause("G8")
@pytest.mark.parametrize(("share", "least"), [(0.0, 1.0), (0.05, 0.9), (0.3, 0.6), (0.6, 0.3)])
def test_a_copy_is_found_by_how_many_of_its_sentences_stayed(share: float, least: float) -> None:
    assert score(PLAN, edited(PLAN, share)) >= least


@pytest.mark.clause("G8")
def test_a_copy_with_every_twentieth_character_changed_is_found() -> None:
    assert score(PLAN, touched(PLAN, 0.05)) >= 0.7


def test_spaces_numbers_punctuation_and_wide_letters_do_not_count() -> None:
    assert plain("１、Ｔeaching  目标：\n①理解") == "teaching目标理解"
    assert score(PLAN, [f"{number}. {' '.join(line)}；" for number, line in enumerate(PLAN)]) == 1.0


def test_line_breaks_of_a_pdf_do_not_count() -> None:
    whole = "".join(PLAN)
    assert score(PLAN, [whole[start : start + 31] for start in range(0, len(whole), 31)]) == 1.0


def test_the_share_is_of_the_shorter_text_whichever_comes_first() -> None:
    part = PLAN[:30]
    assert score(part, PLAN) == score(PLAN, part) > 0.99


def test_where_the_shared_part_stands_is_told_for_the_first_text() -> None:
    own = sentences(3, 60)
    shared = compare(text_print([*own, *PLAN[:60]]), text_print(PLAN), set(), set(), LEAST)
    assert 0.25 < shared.start < 0.55 and round(shared.end, 1) == 1.0


def test_what_the_blanks_say_does_not_count_at_all() -> None:
    form = sentences(4, 30)
    blank = text_print(form).hashes
    assert score(form + sentences(5, 30), form + sentences(6, 30)) > 0.4
    assert score(form + sentences(5, 30), form + sentences(6, 30), blank=blank) < 0.15


def test_what_many_authors_have_is_not_counted_as_shared() -> None:
    form = sentences(4, 30)
    assert score(form + sentences(5, 30), form + sentences(6, 30), common=text_print(form).hashes) < 0.15


def test_of_a_few_words_nothing_is_said() -> None:
    assert score(["完成课本第三页的练习"], ["完成课本第三页的练习"]) == 0.0


def test_a_long_text_keeps_a_bounded_print_and_is_estimated_within_three_percent() -> None:
    book = sentences(7, 2500)
    long, half = text_print(book), text_print(book[:1250] + sentences(8, 1250))
    assert 1 < long.scale == half.scale and len(long.hashes) <= MOST
    full = [TextPrint(1, tuple(sorted(_all(lines)))) for lines in (book, book[:1250] + sentences(8, 1250))]
    exact = compare(full[0], full[1], set(), set(), LEAST).score
    assert abs(compare(long, half, set(), set(), LEAST).score - exact) < 0.03


def _all(lines: list[str]) -> set[int]:
    hashes: set[int] = set()
    for start in range(0, len(lines), 100):
        hashes |= set(text_print(lines[start : start + 101]).hashes)
    return hashes


@given(st.lists(st.text(max_size=40), max_size=30), st.lists(st.text(max_size=40), max_size=30))
def test_any_two_texts_are_compared_alike_both_ways(one: list[str], other: list[str]) -> None:
    first, second = text_print(one), text_print(other)
    here, there = (compare(a, b, set(), set(), 1) for a, b in ((first, second), (second, first)))
    assert (here.score, here.shared) == (there.score, there.shared)
    assert 0.0 <= here.score <= 1.0


@given(st.text(max_size=300), st.lists(st.integers(0, 300), max_size=20))
def test_a_print_does_not_depend_on_how_the_text_is_cut_into_lines(text: str, cuts: list[int]) -> None:
    letters = "".join(char for char in text if plain(char) == char and "一" <= char <= "龥")
    places = [0, *sorted(cut for cut in cuts if cut <= len(letters)), len(letters)]
    assert text_print([letters]) == text_print(letters[a:b] for a, b in itertools.pairwise(places))
