"""Names of the rosters in force, to be put in with one touch: by letters (zx, zhongxin) or by what stands there already."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from appliance.catalog import rosters
from web.pinyin.lexicon import spelling_of

MOST = 16
KINDS = {
    "school": "学校",
    "teacher": "教师",
    "judge": "评委",
    "subject": "学科",
    "grade": "年级",
    "title": "课名",
    "textbook": "教材",
}
# Which columns of which roster hold names of a kind.
_COLUMNS = {
    "school": (("schools", "name"), ("teachers", "school")),
    "teacher": (("teachers", "name"),),
    "judge": (("judges", "name"),),
    "subject": (("nodes", "subject"), ("teachers", "subject")),
    "grade": (("nodes", "grade"),),
    "title": (("nodes", "title"),),
    "textbook": (("textbooks", "name"), ("nodes", "textbook")),
}
# How the fields of the pages are called; any other field takes names of every kind once something is typed.
_FIELDS = {"schools": "school", "says": "", "judges": "judge", "coached": "teacher", "kin": "teacher"}
_ROSTERS = ("schools", "teachers", "judges", "nodes", "textbooks")

Known = Mapping[str, Sequence[str]]
_kept: dict[str, tuple[object, Known]] = {}


def offers(db: Database, field: str, typed: str, before: str) -> list[str]:
    """`field`: the name of the input; `typed`: letters that are no word yet; `before`: the Chinese left of them."""
    known = _known(db)
    kind = _FIELDS.get(field, field)
    if kind in known:
        names: Iterable[str] = known[kind]
    elif typed:
        names = (name for one in KINDS for name in known[one])
    else:
        return []
    return list(dict.fromkeys(name for name in names if _fits(name, typed, before)))[:MOST]


def _fits(name: str, typed: str, before: str) -> bool:
    if typed:
        whole, initials = _spelt(name)
        return any(each.startswith(typed) for each in (*whole, *initials))
    return name != before and (not before or before in name)


@functools.lru_cache(maxsize=20_000)
def _spelt(name: str) -> tuple[list[str], list[str]]:
    """Spellings from each place of the name on, so that 中心校 is found inside 示例中心校; and their initials."""
    syllables = spelling_of(name).split("'")
    starts = range(min(len(syllables), 12))
    return (
        ["".join(syllables[start:]) for start in starts],
        ["".join(one[:1] for one in syllables[start:]) for start in starts],
    )


def _known(db: Database) -> Known:
    """Read anew when another roster came into force: a roster of nodes has thousands of lines."""
    where = str(next(db.query("pragma database_list"))["file"])
    state = tuple(
        (row["id"], row["kind"]) for row in db.query("select id, kind from roster where state = ?", [rosters.IN_FORCE])
    )
    if where not in _kept or _kept[where][0] != state:
        lines = {kind: rosters.lines(db, kind) for kind in _ROSTERS}
        _kept[where] = (
            state,
            {
                kind: list(
                    dict.fromkeys(
                        line[column] for roster, column in columns for line in lines[roster] if line.get(column)
                    )
                )
                for kind, columns in _COLUMNS.items()
            },
        )
    return _kept[where][1]
