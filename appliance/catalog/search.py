"""检索: one box for title, teacher, initials (zqh), school and receipt number.

FTS5's `trigram` finds nothing for two-character words (张伟, 函数); single characters with spaces between
and a phrase query find every substring. The teacher's initials stand beside the name once for each reading
of the first character (单 is Shàn, Dān, Chán; pypinyin alone guesses wrong for surnames).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

FILTERS = ("state", "verdict", "category", "stage", "subject", "school")
LONGEST = 60  # characters of a query that are looked at
_END = "fin"  # a token between fields: no phrase reaches from one into the next


def index(db: Database, lesson_no: int) -> None:
    """Writes the lesson's words anew. Call inside the transaction that changed the lesson."""
    row = next(db.query("select * from lesson where no = ?", [lesson_no]))
    receipts = db.query(
        "select receipt from delivery join delivery_lesson on delivery = delivery.no where lesson = ?"
        " order by delivery.no desc limit 20",
        [lesson_no],
    )
    words = lesson_words(row, [each["receipt"] for each in receipts])
    db.execute("delete from lesson_words where rowid = ?", [lesson_no])
    db.execute("insert into lesson_words (rowid, words) values (?, ?)", [lesson_no, words])


def lesson_words(lesson: Mapping[str, Any], receipts: list[str]) -> str:
    """All that the lesson is found by, as tokens of one character, fields closed by `_END`."""
    names = [lesson["teacher"], lesson["title"], lesson["school"], lesson["subject"], lesson["grade"]]
    fields = [*names, *initials(lesson["teacher"]), *receipts]
    fields += [each for name in (lesson["title"], lesson["school"]) for each in initials(name)[:1]]
    return f" {_END} ".join(" ".join(tokens(field)) for field in fields if field)


def tokens(text: str) -> list[str]:
    """Letters, digits and Chinese characters one by one; NFKC, lower case. Characters beyond the plane that
    SQLite's tables know (𬱖) become their number."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [each if ord(each) < 0x10000 else f"u{ord(each):x}" for each in plain if each.isalnum()]


def initials(name: str) -> list[str]:
    """["zqh"] for 张清华; one for each reading of the first character, commonest first; [] without Chinese."""
    from pypinyin import Style, pinyin  # 0.2 s and 20 MB: only for those who index

    def readings(text: str, all_of_them: bool) -> list[list[str]]:
        style = Style.FIRST_LETTER
        found = pinyin(text, style=style, heteronym=all_of_them, errors="ignore", v_to_u=False)
        return [[reading[:1] for reading in one] for one in found]

    chinese = "".join(each for each in name if "㐀" <= each <= "鿿" or ord(each) > 0x20000)
    if not chinese:
        return []
    first, rest = readings(chinese[0], True), readings(chinese[1:], False)
    tail = "".join(one[0] for one in rest)
    heads = dict.fromkeys(itertools.chain.from_iterable(first))
    return [head + tail for head in heads]


def search(
    db: Database, query: str, filters: Mapping[str, str], limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """(one page of lessons, newest first; how many there are). An empty query means all."""
    hits, values = _hits(query)
    where, chosen = _where(filters)
    sql = f"from lesson where {hits} and {where}"
    rows = list(db.query(f"select lesson.* {sql} order by no desc limit ? offset ?", [*values, *chosen, limit, offset]))
    return rows, int(db.execute(f"select count(*) {sql}", [*values, *chosen]).fetchone()[0])


def counts(db: Database, query: str, filters: Mapping[str, str]) -> dict[str, list[tuple[str, int]]]:
    """For each filter its values with the number of lessons that choosing it would show. One query, and the words
    are looked up once."""
    hits, values = _hits(query)
    parts = []
    for name in FILTERS:
        where, chosen = _where({key: value for key, value in filters.items() if key != name})
        parts.append(
            f"select '{name}' as filter, coalesce({name}, '') as value, count(*) as n"
            f" from hit where {where} group by value"
        )
        values += chosen
    sql = f"with hit as materialized (select {', '.join(FILTERS)} from lesson where {hits}) "
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in FILTERS}
    for row in db.query(sql + " union all ".join(parts) + " order by filter, n desc, value", values):
        found[row["filter"]].append((row["value"], row["n"]))
    return found


def _hits(query: str) -> tuple[str, list[Any]]:
    """Every word of the query must be found. Only letters, digits and Chinese reach FTS, each phrase quoted."""
    phrases = [" ".join(tokens(word)) for word in query[:LONGEST].split()]
    match = " AND ".join(f'"{phrase}"' for phrase in phrases if phrase)
    if not match:
        return "true", []
    return "no in (select rowid from lesson_words where lesson_words match ?)", [match]


def _where(filters: Mapping[str, str]) -> tuple[str, list[Any]]:
    wanted = {name: value for name, value in filters.items() if name in FILTERS and value}
    return " and ".join(f"coalesce({name}, '') = ?" for name in wanted) or "true", list(wanted.values())
