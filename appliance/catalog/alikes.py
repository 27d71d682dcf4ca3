"""相同: which prints are alike, and whose they are. A pair is kept once; both its lessons see it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from appliance.model import DeliveryState, LessonState
from appliance.originality.pairs import Pair

FILE = "file"  # the very same bytes
_DONE = (
    LessonState.APPROVED, LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED, LessonState.REJECTED,
    LessonState.WITHDRAWN,
)  # fmt: skip


@dataclass(frozen=True)
class Holder:
    """Whose a print is: a lesson of this box, in whatever revision, or an entry of an imported list (lesson 0)."""

    lesson: int
    title: str
    school: str
    teacher: str
    listed: str = ""

    @property
    def author(self) -> str:
        """Teachers of one name at one school are one author; who is not named is nobody else."""
        if self.listed:
            return f"list:{self.listed}"
        return f"{self.school}\n{self.teacher}" if self.teacher else f"lesson:{self.lesson}"

    @property
    def named(self) -> str:
        """For the office's pages only."""
        if self.listed:
            return self.listed
        whose = "，".join(part for part in (self.school, self.teacher) if part)
        return f"第 {self.lesson} 号《{self.title or '课名未知'}》" + (f"（{whose}）" if whose else "")


_HOLDER = "lesson.no as lesson, lesson.title, lesson.school, lesson.teacher"
_OF_FILE = (
    f"select distinct {_HOLDER} from material join revision on revision.id = material.revision"
    " join lesson on lesson.no = revision.lesson where material.sha256 = ? order by lesson.no"
)


def holders(db: Database, print_: int) -> list[Holder]:
    row = next(
        db.query(
            "select print.sha256, print.label, print_list.name from print"
            " left join print_list on print_list.id = print.list where print.id = ?",
            [print_],
        )
    )
    if row["name"] is not None:
        return [Holder(0, "", "", "", f"{row['name']} {row['label']}")]
    return of_file(db, row["sha256"])


def of_file(db: Database, sha256: str) -> list[Holder]:
    """The lessons that hold these bytes, in any revision."""
    return [Holder(**row) for row in db.query(_OF_FILE, [sha256])]


def replace(db: Database, print_: int, pairs: Mapping[int, Pair]) -> list[int]:
    """All that is known of this print's likes, instead of what was known. Returns the others that are new."""
    before = {other for other, _ in of_print(db, print_)}
    db.execute("delete from alike where one = ? or other = ?", [print_, print_])
    for other, pair in pairs.items():
        first, second, found = (print_, other, pair) if print_ < other else (other, print_, pair.turned())
        db.table("alike").insert(
            {"one": first, "other": second, "score": pair.score, "found": json.dumps(dataclasses.asdict(found))}
        )
    return sorted(set(pairs) - before)


def of_print(db: Database, print_: int) -> Iterator[tuple[int, Pair]]:
    for row in db.query("select * from alike where one = ? or other = ? order by score desc", [print_, print_]):
        pair = _read(row["found"])
        yield (row["other"], pair) if row["one"] == print_ else (row["one"], pair.turned())


def _read(found: str) -> Pair:
    fields = json.loads(found)
    lists = {name: tuple(tuple(one) for one in fields.get(name, ())) for name in ("spans", "moments")}
    return Pair(**(fields | lists))


def all_pairs(db: Database) -> list[Mapping[str, Any]]:
    """Rows `{one, other, score, found, kind}`, the most alike first."""
    return list(db.query(
        "select alike.*, print.kind from alike join print on print.id = alike.one order by score desc, one, other"
    ))  # fmt: skip


def check_again(db: Database, lessons: Iterable[int]) -> list[int]:
    """Queues the newest deliveries of these lessons, where they are checked already and the lessons are still open
    to a finding. Returns the lessons."""
    marks = ", ".join("?" * len(_DONE))
    queued = []
    for lesson in lessons:
        changed = db.execute(
            "update delivery set state = ?, attempts = 0, next_try = 0 where state = ? and no ="
            " (select max(delivery) from delivery_lesson where lesson = ?)"
            f" and not exists (select 1 from lesson where no = ? and state in ({marks}))",
            [DeliveryState.ANSWERED, DeliveryState.CHECKED, lesson, lesson, *_DONE],
        ).rowcount
        queued += [lesson] * (changed > 0)
    return queued
