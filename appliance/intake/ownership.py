"""Which school surely handed something in: the one that signed in with its code, in a browser or on the share.

Its lessons are its own. A form or a folder name in there that speaks of another school never touches that school's
lesson: the lesson stands under the school of the code, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from appliance.catalog import rosters, school_codes
from appliance.model import Finding, LessonGuess, Outcome, Severity
from appliance.roster.names import Names, plain

_SAID = "said school"  # in a lesson's sources: whose it was said to be


def owner(db: Database, delivery: Mapping[str, Any]) -> str:
    """The school's one name; "" where nobody signed in (a stick, a folder of the office)."""
    school = str(delivery["school"])
    signed_in = delivery["kind"] == "browser" or (
        delivery["kind"] == "lan" and school_codes.named(db, school) is not None
    )
    return names_of(db).school(school) if school and signed_in else ""


def names_of(db: Database) -> Names:
    return Names.of(rosters.lines(db, "schools"), rosters.lines(db, "textbooks"))


def kept_to(school: str, guess: LessonGuess) -> LessonGuess:
    """The guess as a lesson of `school`, which "" leaves as it is."""
    said = guess.identity.school
    if not school or plain(said) == plain(school):
        return guess
    sources = {**guess.identity.sources, "school": "folder"} | ({_SAID: said} if said else {})
    return replace(guess, identity=replace(guess.identity, school=school, sources=sources))


def claimed(db: Database, no: int) -> list[Finding]:
    """Asks a person about a lesson that was handed in by one school and said to be another's."""
    said = school_codes.said_school(db, no, _SAID)
    if said is None:
        return []
    school, other = said
    return [
        Finding(
            "other-school", "", Severity.WARNING, Outcome.PERSON, "", f"写的是“{other}”", f"交件的是“{school}”",
            f"这节课是“{school}”用自己的交件码交的，里面写的学校是“{other}”",
            "请问清是谁的课：写错了，请学校改好提交单或文件夹名再交；真是别校的，请那所学校自己交",
        )
    ]  # fmt: skip
