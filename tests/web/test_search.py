from pathlib import Path

import pytest

from appliance.catalog import Catalog, search

LESSONS = (
    ("分数的初步认识", "单小清", "示例第一小学", "accepted"),
    ("函数的概念", "张伟", "示例第二中学", "complete"),
    ("My school", "曾𬱖", "示例第一小学", "complete"),
)


@pytest.fixture
def db(tmp_path: Path):
    catalog = Catalog.open(tmp_path / "catalog.db")
    with catalog.writing() as db:
        for number, (title, teacher, school, state) in enumerate(LESSONS, 1):
            db["lesson"].insert(
                {
                    "no": number, "key": str(number), "title": title, "category": "subject", "stage": "primary",
                    "subject": "数学", "grade": "三年级", "textbook": "", "volume": "", "teacher": teacher,
                    "school": school, "special_kind": "", "periods": 1, "state": state, "phase": "production",
                    "created_at": "2024-09-01",
                }
            )  # fmt: skip
            search.index(db, number)
    yield catalog.db
    catalog.close()


def found(db, query, **filters):
    rows, total = search.search(db, query, filters, 50, 0)
    assert total == len(rows)
    return [row["no"] for row in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("张伟", [2]), ("函数", [2]), ("数", [3, 2, 1]), ("zw", [2]), ("sxq", [1]), ("dxq", [1]),
        ("CXQ", [1]),
        ("zengX", []), ("第一小学 school", [3]), ("曾𬱖", [3]), ("𬱖", [3]), ("伟示", []), ("hsdgn", [2]),
        ("", [3, 2, 1]), ("ｚｗ", [2]), ("没有", []),
    ],
)  # fmt: skip
def test_lessons_are_found_by_words_parts_and_initials(db, query, expected):
    assert found(db, query) == expected


@pytest.mark.parametrize(
    "query", ['"', "*", "a OR b", 'x" OR words:y', "NEAR(a b)", "-", "'; drop table lesson", "(" * 99]
)
@pytest.mark.fault("H14")
def test_search_syntax_of_the_database_is_only_text(db, query):
    assert found(db, query) in ([], [3, 2, 1])


def test_filters_count_what_choosing_them_would_show(db):
    counts = search.counts(db, "示例", {"state": "complete"})
    assert counts["state"] == [("complete", 2), ("accepted", 1)]
    assert counts["school"] == [("示例第一小学", 1), ("示例第二中学", 1)]
    assert found(db, "示例", state="complete", school="示例第一小学") == [3]


@pytest.mark.fault("H14")
def test_an_unknown_filter_is_not_sql(db):
    assert found(db, "", **{"1=1; drop table lesson": "x"}) == [3, 2, 1]


def test_indexing_again_replaces_the_words(db):
    db.execute("update lesson set title = '集合' where no = 2")
    search.index(db, 2)
    assert (found(db, "函数"), found(db, "集合")) == ([], [2])
