"""What the rosters in force answer."""

from __future__ import annotations

import pytest

from appliance.model import Identity
from appliance.roster.names import Names, nodes_of

SCHOOLS = [
    {"name": "示例县第一小学", "aliases": ["一小", "示例一小"]},
    {"name": "示例镇中心小学", "aliases": ["中心校", "示例一小"]},
]
TEXTBOOKS = [{"name": "统编版", "aliases": ["部编版"]}]
NODES = [
    {"id": "N1", "stage": "小学", "grade": "三年级", "subject": "数学", "textbook": "人教版", "volume": "上册", "title": "分数的初步认识"},
    {"id": "N2", "stage": "小学", "grade": "三年级", "subject": "数学", "textbook": "北师大版", "volume": "", "title": "分数的初步认识"},
]  # fmt: skip


def test_a_school_and_a_textbook_get_their_one_name_and_an_ambiguous_one_stays() -> None:
    names = Names.of(SCHOOLS, TEXTBOOKS)
    called = [
        names.one_name(Identity(school=school, textbook="部 编版")) for school in ("一小", "示例一小", "别处小学")
    ]
    assert [(one.school, one.textbook) for one in called] == [
        ("示例县第一小学", "统编版"), ("示例一小", "统编版"), ("别处小学", "统编版"),
    ]  # fmt: skip


@pytest.mark.clause("P1", "P5b")
@pytest.mark.parametrize(
    ("known", "ids"),
    [
        ({"textbook": "人教版"}, ["N1"]), ({"textbook": "北师大版", "volume": "下册"}, ["N2"]), ({}, ["N1", "N2"]),
        ({"grade": "四年级"}, []), ({"textbook": "苏教版"}, []),
    ],
)  # fmt: skip
def test_a_lesson_stands_for_the_nodes_that_nothing_known_contradicts(known: dict[str, str], ids: list[str]) -> None:
    identity = Identity(title="分数的 初步认识", subject="数学", **known)
    assert nodes_of(identity, "小学", NODES) == ids
