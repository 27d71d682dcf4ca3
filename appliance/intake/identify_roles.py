"""Which role and which period each file of a lesson has."""

from __future__ import annotations

from collections.abc import Sequence

from appliance.intake.identify_groups import File
from appliance.intake.identify_vocabulary import Vocabulary
from appliance.model import Material
from appliance.rules.edition import Edition


def materials_of(
    files: Sequence[File], category: str, edition: Edition, words: Vocabulary
) -> tuple[tuple[Material, ...], tuple[str, ...]]:
    """(materials, doubts), one material a file, in the order of the files."""
    whole_lesson = {asked.role for asked in edition.materials.get(category, ()) if asked.per == "lesson"}
    loose = set(words.habits.get("loose", ()))
    roles = [named_role(file, category, words) for file in files]
    bare = _bare_counts(files, roles, whole_lesson | loose)
    periods = [_period(file, role in whole_lesson, bare) for file, role in zip(files, roles, strict=True)]
    materials = tuple(
        Material(role, period or 1, *file.given) for file, role, period in zip(files, roles, periods, strict=True)
    )
    return materials, _doubts(files, roles, periods, whole_lesson | loose, bare)


def named_role(file: File, category: str, words: Vocabulary) -> str:
    """The role by folder and file name that this kind of file can have; "" when nobody knows.

    佐证材料/ and the like hold documents of any name, so such a folder speaks before the file; any other folder
    speaks after it. A video can only be a video.
    """
    inner = [role for part in reversed(file.parts) for role in part.roles]
    first = [role for role in inner if role in words.habits.get("folder_first", ())]
    last = words.aliases.get("plain_files", {}).get(file.kind, "")
    for role in (*first, *file.read.roles, *inner, last):
        meant = words.aliases.get("in_category", {}).get(category, {}).get(role, role)
        if meant and file.kind in words.aliases.get("role_files", {}).get(meant, ()):
            return str(meant)
    return ""


def _bare_counts(files: Sequence[File], roles: Sequence[str], no_period: set[str]) -> bool:
    """课件(1) and 课件(2) are periods; 课件(1) alone, or beside a plain 课件, is what a browser calls a second
    download. Periods when some role has every number from 1, and no plain one."""
    for role in {*roles} - no_period - {""}:
        numbers = [file.read.bare for file, its in zip(files, roles, strict=True) if its == role]
        if len(numbers) > 1 and sorted(numbers) == list(range(1, len(numbers) + 1)):
            return True
    return False


def _period(file: File, whole_lesson: bool, bare: bool) -> int:
    """0 when nothing says it."""
    if whole_lesson:
        return 0
    if file.read.period:
        return file.read.period
    written = next((part.period or part.bare for part in reversed(file.parts) if part.period or part.bare), 0)
    return written or (file.read.bare if bare else 0)


def _doubts(
    files: Sequence[File], roles: Sequence[str], periods: Sequence[int], no_period: set[str], bare: bool
) -> tuple[str, ...]:
    several = max(periods, default=0) > 1
    said = []
    for file, role, period in zip(files, roles, periods, strict=True):
        name = file.given[0].rpartition("/")[2]
        if not role:
            said.append(f"不知道“{name}”是什么材料")
        elif role in no_period:
            continue
        elif several and not period:
            said.append(f"“{name}”没有写明课时，先算第 1 课时")
        elif file.read.bare and not bare and not period:
            said.append(f"“{name}”括号里的 {file.read.bare} 没有当作课时")
    return tuple(said)
