"""What an expert gets to see of a lesson: the materials that the edition asks for, each under a name that tells nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, lessons, panels, screenings
from appliance.errors import NotAllowed, WrongUse
from appliance.model import Identity, Lesson, Material
from appliance.rules.edition import Edition
from appliance.selection.screening import blind


@dataclass(frozen=True)
class Shown:
    """`how`: blind (a copy without names), as is (a person allowed it), withheld (nobody did)."""

    material: Material
    name: str
    how: str


def of_lesson(db: Database, edition: Edition, lesson: Lesson) -> list[Shown]:
    return of_lessons(db, edition, [lesson])[lesson.no]


def of_lessons(db: Database, edition: Edition, lessons: Iterable[Lesson]) -> dict[int, list[Shown]]:
    """{lesson: its materials}, one query for all of them."""
    allowed = screenings.unblinded(db)
    return {lesson.no: _shown(edition, lesson, allowed) for lesson in lessons}


def _shown(edition: Edition, lesson: Lesson, allowed: Container[int]) -> list[Shown]:
    """In the order of the edition's list. Forms, evidence and what nobody asked for is not for experts."""
    asked = [one.role for one in edition.materials.get(lesson.identity.category, ())]
    roles = [role for role in asked if role not in edition.selection["screening"]["withheld"]]
    found = []
    for one in sorted(lesson.materials, key=lambda one: ([*roles, one.role]).index(one.role)):
        if one.role in roles:
            sort = str(one.media.get("type", ""))
            how = "as is" if one.id in allowed else "blind" if sort in blind.SORTS else "withheld"
            found.append(Shown(one, _neutral(lesson.no, one, edition, sort), how))
    return found


def _neutral(no: int, one: Material, edition: Edition, sort: str) -> str:
    period = f" 第{one.period}课时" if one.period > 1 else ""
    return f"第{no}号 {edition.role_name(one.role)}{period}" + (f".{sort}" if sort else "")


def names_of(db: Database, identity: Identity) -> set[str]:
    """What would tell whose a lesson is: teachers, the school and its other names."""
    return telling((identity.teacher, *identity.authors), identity.school, panels.schools(db)[0])


def telling(teachers: Iterable[str], school: str, names: Mapping[str, str]) -> set[str]:
    """`names`: other name → the school's one name."""
    one = names.get(school, school)
    called = {alias for alias, other in names.items() if other == one}
    return {name for name in (*teachers, school, one, *called) if name}


def titles(db: Database, lessons: Iterable[Lesson]) -> dict[int, str]:
    """{lesson: its title without names}: a school may have put its own into it. The same queries for any number."""
    schools, found = panels.schools(db)[0], {}
    for lesson in lessons:
        one = lesson.identity
        found[lesson.no] = covered(one.title, telling((one.teacher, *one.authors), one.school, schools))
    return found


def covered(title: str, names: Iterable[str]) -> str:
    return blind.cover(title, sorted(names, key=len, reverse=True))[0]


def blinded(db: Database, lesson: Lesson, path: Path) -> blind.Copy:
    """Raises `NotAllowed` for what cannot be copied so."""
    made = blind.copy(path, names_of(db, lesson.identity))
    if made is None:
        raise NotAllowed("这份文件盒子隐不去名字，不能给专家看", remedy="请告诉经办")
    return made


def allow(catalog: Catalog, material: int, lesson: int, reason: str, by: str) -> None:
    """A person lets experts see a file as it is. Raises `WrongUse`, `NotFound`."""
    if not reason.strip():
        raise WrongUse("要写明为什么可以原样给专家看", remedy="请写理由")
    if material not in {one.id for one in lessons.by_no(catalog.db, lesson).materials}:
        raise WrongUse("这节课没有这份材料", remedy="请刷新再试")
    with catalog.writing() as db:
        screenings.unblind(db, material, reason.strip(), by)
        data = {"material": f"{material}", "reason": reason.strip()}
        journal.append(db, "screening.unblind", f"lesson/{lesson}", data, actor=by)
