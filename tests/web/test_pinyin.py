"""Letters to words: the real list of the Debian package, and a small one where the order is what is asked."""

from __future__ import annotations

import pytest

from tests.web import office
from web.pinyin import lexicon
from web.pinyin.candidates import ALL, FIRST, LONGEST, candidates
from web.pinyin.lexicon import LIST, Lexicon
from web.pinyin.offers import offers

SMALL = Lexicon.of(
    [
        ("张", "zhang", 90), ("章", "zhang", 50), ("伟", "wei", 40), ("位", "wei", 80), ("西", "xi", 30), ("安", "an", 30),
        ("先", "xian", 70), ("西安", "xi'an", 20), ("数学", "shu'xue", 60), ("老师", "lao'shi", 60), ("数", "shu", 10),
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def words() -> Lexicon:
    assert LIST.is_file(), "apt-get install rime-data-pinyin-simp (make packages does)"
    return lexicon.lexicon()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zhang", [("张", 5), ("章", 5)]),
        ("xian", [("先", 4), ("西安", 4), ("西", 2)]),
        ("xi'an", [("西安", 5), ("西", 3)]),
        ("zhangwei", [("张位", 8), ("张", 5), ("章", 5)]),
        ("shuxuelaoshi", [("数学老师", 12)]),
        ("sx", [("数学", 2)]),
        ("shuxu", [("数学", 5)]),
        ("zhangw", [("张", 5), ("章", 5)]),
        ("", []),
        ("'", []),
        ("张伟 12<>", []),
    ],
)
def test_the_likeliest_comes_first_and_says_how_many_letters_it_takes(typed, found):
    assert candidates(SMALL, typed) == found


def test_a_flood_of_letters_is_cut(words):
    found = candidates(words, "zhangwei" * 200)
    assert len(found) <= FIRST
    assert max(taken for _, taken in found) <= LONGEST


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("shuxue", "数学"), ("yuwen", "语文"), ("jiaoyanshi", "教研室"), ("jingpinke", "精品课"), ("zhangwei", "张伟"),
        ("huamianbuqingchu", "画面不清楚"), ("shipinmeiyoushengyin", "视频没有声音"), ("tuihuibuzheng", "退回补正"),
        ("xuexirenwudan", "学习任务单"), ("nvsheng", "女生"), ("renjiaoban", "人教版"), ("sannianji", "三年级"),
    ],
)  # fmt: skip
def test_school_words_and_whole_remarks_are_the_first_candidate(words, typed, first):
    assert candidates(words, typed)[0] == (first, len(typed))


# Surnames with readings of their own, and characters that fonts and lists of words often lack.
@pytest.mark.parametrize(
    ("typed", "character"),
    [
        ("shan", "单"), ("zeng", "曾"), ("qiu", "仇"), ("xie", "解"), ("zha", "查"), ("zhai", "翟"), ("ou", "区"),
        ("jie", "㛃"), ("yan", "䶮"), ("wei", "𬱖"), ("yi", "𫖮"), ("lv", "吕"),
    ],
)  # fmt: skip
def test_every_character_of_a_name_is_reached_by_its_reading(words, typed, character):
    assert (character, len(typed)) in candidates(words, typed, ALL)


def test_without_the_list_single_characters_and_the_office_words_are_left(tmp_path):
    assert list(lexicon.listed(tmp_path / "nothing")) == []
    left = Lexicon.of([*lexicon.characters(), *lexicon.office()])
    assert candidates(left, "jiaoyanshi")[0] == ("教研室", 10)
    assert ("张", 5) in candidates(left, "zhangwei", ALL)


@pytest.mark.parametrize(
    ("field", "typed", "before", "names"),
    [
        ("school", "", "", ["示例第0小学", "示例第1小学", "示例第2小学"]),
        ("school", "", "第1", ["示例第1小学"]),
        ("schools", "sl", "", ["示例第0小学", "示例第1小学", "示例第2小学"]),
        ("reason", "shili", "", ["示例第0小学", "示例第1小学", "示例第2小学"]),
        ("reason", "", "", []),
        ("teacher", "", "", []),
        ("school", "zw", "", []),
    ],
)
def test_the_rosters_in_force_offer_names_that_fit_the_field(furnished, field, typed, before, names):
    catalog = furnished.catalog()
    assert offers(catalog.db, field, typed, before) == names
    catalog.close()


def test_a_name_is_found_from_within(furnished):
    catalog = furnished.catalog()
    assert offers(catalog.db, "school", "di", "")[:1] == ["示例第0小学"]
    assert office.HOSTILE not in "".join(offers(catalog.db, "school", "", ""))  # the draft is not in force
    catalog.close()
