"""What a group of files says about its lesson: the nearest folder first, then the folders above, then the file
names. Each field remembers where it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from appliance.intake.identify_groups import Group, folder_title
from appliance.intake.identify_roles import named_role
from appliance.intake.identify_vocabulary import Vocabulary
from appliance.intake.identify_words import Reading, read
from appliance.model import Identity, LessonGuess

FORCEABLE = (
    "title", "category", "stage", "subject", "grade", "textbook", "volume", "teacher", "school", "special_kind",
)  # fmt: skip
_ASKED = {"title": "课名", "category": "类别", "stage": "学段"}


@dataclass
class _Notes:
    """Fields found so far; the first word on a field stands."""

    words: Vocabulary
    fields: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, value: str, source: str) -> None:
        if value and name not in self.fields:
            self.fields[name], self.sources[name] = value, source


def identity_of(
    group: Group, words: Vocabulary, school_hint: str, forced: Mapping[str, str]
) -> tuple[Identity, tuple[str, ...]]:
    """(identity, doubts). `periods` is left at 1."""
    notes = _Notes(words)
    for name in FORCEABLE:
        notes.note(name, forced.get(name, ""), "person")
    notes.note("school", school_hint, "folder")
    readings = list(_readings(group, school_hint, words))
    _title_and_teacher(group, notes)
    for source, reading in readings:
        for name in ("subject", "grade", "textbook", "volume", "school", "stage"):
            notes.note(name, reading.fields.get(name, ""), source)
    _stage(notes, readings)
    _category(group, notes, readings)
    if notes.fields.get("category") in words.habits.get("special_kind_in", ()):
        for name in ("special_kind", "school_special_kind"):
            for source, reading in readings:
                notes.note("special_kind", reading.fields.get(name, ""), source)
    identity = Identity(**notes.fields, sources=notes.sources)  # type: ignore[arg-type]
    doubts = [f"看不出{says}" for name, says in _ASKED.items() if not notes.fields.get(name)]
    if "title" not in forced and words.is_person(identity.title) and not any(r.quoted for _, r in readings):
        doubts.append(f"“{identity.title}”可能是课名，也可能是人名")
    return identity, tuple(doubts)


def with_forced(guess: LessonGuess, forced: Mapping[str, str]) -> LessonGuess:
    """What a person said stands above what a form said."""
    said = {name: forced[name] for name in FORCEABLE if forced.get(name)}
    sources = {**guess.identity.sources, **dict.fromkeys(said, "person")}
    return replace(guess, identity=replace(guess.identity, **said, sources=sources))  # type: ignore[arg-type]


def _readings(group: Group, school_hint: str, words: Vocabulary) -> Iterator[tuple[str, Reading]]:
    for file in group.files[:1]:
        yield from (("folder", part) for part in reversed(file.parts))
    yield from (("folder", read(folder, words)) for folder in reversed(group.folders))
    if school_hint:
        yield "folder", read(school_hint, words)
    yield from (("filename", file.read) for file in group.files)


def _title_and_teacher(group: Group, notes: _Notes) -> None:
    folders = [read(folder, notes.words) for folder in reversed(group.folders)]
    if folders:
        title, teacher = folder_title(folders[0], notes.words)
        if not (group.stem and not folders[0].quoted):
            notes.note("title", title, "folder")
        notes.note("teacher", teacher, "folder")
    notes.note("title", group.stem, "filename")
    notes.note("teacher", group.teacher, "filename")
    if folders and not group.stem and "title" not in notes.fields and folders[0].rest:
        # Nothing but one word that could be a name: 周长 is a title as often as a teacher.
        notes.fields.pop("teacher", None)
        notes.note("title", folders[0].rest[-1], "folder")
    for above in folders[1:]:
        notes.note("teacher", folder_title(above, notes.words)[1], "folder")
    for file in group.files:
        notes.note("teacher", file.read.fields.get("teacher", ""), "filename")


def _stage(notes: _Notes, readings: list[tuple[str, Reading]]) -> None:
    """A stage that is written stands; else the grade tells it; else the school's name."""
    grade = notes.fields.get("grade", "")
    notes.note("stage", notes.words.stage_of_grade.get(grade, ""), notes.sources.get("grade", ""))
    for source, reading in readings:
        notes.note("stage", reading.fields.get("school_stage", ""), source)


def _category(group: Group, notes: _Notes, readings: list[tuple[str, Reading]]) -> None:
    """A word in a folder, then in a file name, then what only one category has, then the school, then the
    edition's usual one."""
    for source, reading in readings:
        notes.note("category", reading.fields.get("category", ""), source)
    words = notes.words
    roles = {named_role(file, "", words) for file in group.files} - {""}
    for category, shown in words.aliases.get("shows_category", {}).items():
        if roles & set(shown) and not roles & set(words.aliases.get("never_in_category", {}).get(category, ())):
            notes.note("category", category, "filename")
    for source, reading in readings:
        notes.note("category", reading.fields.get("school_category", ""), source)
    if roles - set(words.habits.get("says_no_category", ())):
        notes.note("category", words.habits.get("otherwise", ""), "filename")
