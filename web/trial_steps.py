"""The steps of a session's day, which are done and which is next; and how the states of sheets look."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from appliance.selection import progress
from appliance.selection.progress import Progress
from web.words import Word

CELLS = {
    progress.OPEN: Word("未打", "calm", "dot"), progress.DRAFT: Word("草稿", "ask", "pen"),
    progress.HELD: Word("已打好，等合议", "good", "clock"),
    progress.PAPER: Word("待核对", "ask", "person"), progress.SCORED: Word("已交", "good", "check"),
    progress.RECUSED: Word("回避", "bad", "stop"), progress.OTHERS: Word("接替", "calm", "same"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """`part`: the section of the page."""

    part: str
    title: str
    done: bool
    next: bool = False


def steps(
    session: Mapping[str, Any], lock: object, seen: Progress, held: int, codes: Collection[str]
) -> list[Step]:  # fmt: skip
    """In the order of the day; the first that is not done is next. Who judges on paper needs no code: that step is
    over with the session."""
    judges = [one for one in seen.people if not one["replaced_by"]]
    left = any(seen.waiting_for(one["no"]) for one in seen.lessons)
    rows = [
        Step("lessons", "课例", bool(seen.lessons)), Step("judges", "评委", bool(judges)),
        Step("draw", "抽签", bool(session["seed"])),
        Step("codes", "入场码", bool(lock) or (bool(judges) and all(one["name"] in codes for one in judges))),
        *([Step("release", "放行", not held)] if session["head"] and session["calibration"] else []),
        Step("scoring", "打分", bool(seen.lessons and judges) and not left), Step("end", "结束", bool(lock)),
    ]  # fmt: skip
    first = next((number for number, one in enumerate(rows) if not one.done), len(rows))
    return [Step(one.part, one.title, one.done, number == first) for number, one in enumerate(rows)]
