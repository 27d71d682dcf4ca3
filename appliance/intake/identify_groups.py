"""Which files belong together: one lesson a folder, folders of periods and roles merged into theirs, and
loose files by the title in their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from appliance.intake.identify_vocabulary import Vocabulary, plain
from appliance.intake.identify_words import Reading, joined, read

Name = tuple[str, str, int]  # relative name, sha256, size

_ARCHIVE = re.compile(r"\.(zip|rar|7z|tar|tgz|tar\.gz)$", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """One given name, read. `parts`: readings of the role and period folders between the lesson and the file."""

    given: Name
    ending: str
    kind: str
    read: Reading
    parts: tuple[Reading, ...]


@dataclass
class Group:
    """Files of one lesson. `folders`: the segments above them, outermost first; `stem`: title in file names."""

    folders: tuple[str, ...]
    files: list[File]
    stem: str = ""
    teacher: str = ""


def grouped(names: Sequence[Name], words: Vocabulary) -> list[Group]:
    """Every name is in just one group. Groups in the order of their folders."""
    by_folder: dict[tuple[str, ...], list[File]] = {}
    for given in names:
        folders, file = _file(given, words)
        by_folder.setdefault(folders, []).append(file)
    merged = _material_folders_merged(by_folder, words)
    groups = [part for folders, files in merged.items() for part in _split(folders, files, words)]
    return _periods_merged(groups, words)


def files_of(names: Sequence[Name], words: Vocabulary) -> list[File]:
    """The names read, without grouping."""
    return [_file(given, words)[1] for given in names]


def total_of(group: Group, words: Vocabulary) -> int:
    """N of 共N课时, in the folders or the file names; 0 when nothing says it."""
    return max([read(folder, words).total for folder in group.folders] + [file.read.total for file in group.files])


def stem_of(reading: Reading, words: Vocabulary) -> tuple[str, str]:
    """(title, teacher) that a name gives by itself; "" where it does not."""
    teacher, rest = reading.fields.get("teacher", ""), list(reading.rest)
    for at in (-1, 0):
        if not teacher and rest and words.is_person(rest[at]) and (reading.quoted or len(rest) > 1):
            teacher = rest.pop(at)
    return reading.quoted or joined(rest), teacher


def folder_title(reading: Reading, words: Vocabulary) -> tuple[str, str]:
    """(title, teacher) of a lesson's folder. A school's or a teacher's folder has no title."""
    title, teacher = stem_of(reading, words)
    only_school = "school" in reading.fields and not {"grade", "subject"} & reading.fields.keys()
    if reading.quoted or not title:
        return title, teacher
    if words.is_person(title) and len(reading.rest) == 1:
        return "", teacher or title
    return ("", teacher) if only_school else (title, teacher)


def _file(given: Name, words: Vocabulary) -> tuple[tuple[str, ...], File]:
    *above, leaf = [segment for segment in given[0].split("/") if segment.strip() not in ("", ".", "..")] or [""]
    folders = [_ARCHIVE.sub("", segment) for segment in above]
    base, dot, ending = leaf.rpartition(".")
    if not dot or not base:
        base, ending = leaf, ""
    parts: list[Reading] = []
    while folders and (part := _part_of_lesson(folders[-1], words)):
        folders.pop()
        parts.insert(0, part)
    ending = plain(ending)
    kinds = words.aliases.get("extensions", {})
    kind = next((name for name, endings in kinds.items() if ending in endings), "")
    return tuple(folders), File(given, ending, kind, read(base, words), tuple(parts))


def _part_of_lesson(folder: str, words: Vocabulary) -> Reading | None:
    """A folder that only says a role, a period or nothing (教学设计, 第一课时, 资料, 新建文件夹)."""
    said = read(folder, words)
    empty = not said.fields and not said.quoted and not said.rest
    return said if empty else None


def _has_lesson(files: list[File]) -> bool:
    return any(file.read.roles or any(part.roles for part in file.parts) for file in files)


def _material_folders_merged(
    by_folder: dict[tuple[str, ...], list[File]], words: Vocabulary
) -> dict[tuple[str, ...], list[File]]:
    """A folder without any named role, below one that has some, holds things of that lesson."""
    merged: dict[tuple[str, ...], list[File]] = {}
    for folders in sorted(by_folder, key=lambda one: (len(one), one)):
        home = folders
        if not _has_lesson(by_folder[folders]):
            above = (folders[:depth] for depth in range(len(folders) - 1, 0, -1))
            home = next((one for one in above if one in merged and _has_lesson(merged[one])), folders)
        merged.setdefault(home, []).extend(by_folder[folders])
    return {folders: merged[folders] for folders in sorted(merged)}


def _split(folders: tuple[str, ...], files: list[File], words: Vocabulary) -> list[Group]:
    """A folder with a title is one lesson. Else the titles in the file names tell; files without one join
    the only lesson there is."""
    above = read(folders[-1], words) if folders else Reading()
    quoted = {file.read.quoted for file in files if file.read.quoted and file.read.roles}
    if above.quoted or (folder_title(above, words)[0] and len(quoted) < 2):
        return [Group(folders, files)]
    stems: dict[str, list[File]] = {}
    teachers: dict[str, str] = {}
    for file in files:
        told = file.read.quoted or file.read.roles or any(part.roles for part in file.parts)
        title, teacher = stem_of(file.read, words) if told else ("", "")
        stems.setdefault(title, []).append(file)
        teachers[title] = teachers.get(title) or teacher
    titles = [title for title in stems if title]
    if len(titles) == 1:
        return [Group(folders, files, titles[0], teachers[titles[0]])]
    return [Group(folders, stems[title], title, teachers[title]) for title in stems]


def _periods_merged(groups: list[Group], words: Vocabulary) -> list[Group]:
    """…《X》(1)/ and …《X》(2)/ side by side are two periods of one lesson."""
    kept: list[Group] = []
    homes: dict[tuple[tuple[str, ...], str, str], Group] = {}
    for group in groups:
        said = read(group.folders[-1], words) if group.folders else Reading()
        title, teacher = folder_title(said, words)
        period = said.period or said.bare
        if not title or not period:
            kept.append(group)
            continue
        part = Reading(period=period)
        files = [File(f.given, f.ending, f.kind, f.read, (part, *f.parts)) for f in group.files]
        key = (group.folders[:-1], title, teacher)
        if key in homes:
            homes[key].files.extend(files)
        else:
            homes[key] = Group(group.folders, files, group.stem, group.teacher)
            kept.append(homes[key])
    return kept
