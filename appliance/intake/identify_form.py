"""提交单.json, the hand-in form that a school's packer writes: read with bounds, and matched with what came.

`{"format": "lessonbox-manifest", "version": 1, "lessons": [{"title", …, "authors": [], "files": [{"name",
"role", "period", "sha256", "size"}]}]}`; names are relative to the form's folder.
"""

from __future__ import annotations

import contextlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from appliance.intake.identify_groups import Name
from appliance.intake.identify_vocabulary import Vocabulary
from appliance.intake.identify_words import read
from appliance.model import Identity, LessonGuess, Material
from appliance.rules.edition import Edition

FORMAT, VERSION = "lessonbox-manifest", 1
MOST_BYTES, MOST_LESSONS, MOST_FILES, LONGEST, MOST_PERIODS = 1 << 20, 500, 5000, 400, 99
MOST_OTHERS = 40  # fields of a lesson
TEXTS = (
    "title", "category", "stage", "subject", "grade", "textbook", "volume", "teacher", "school", "special_kind",
)  # fmt: skip


def manifest_of(data: bytes) -> dict[str, Any] | None:
    """The form with only the keys that it may have; None when it is none or breaks a bound."""
    if len(data) > MOST_BYTES:
        return None
    try:
        document = json.loads(data.decode("utf-8-sig"))
        return _form(document)
    except (ValueError, RecursionError):
        return None


def from_form(
    manifest: Mapping[str, Any], names: Sequence[Name], edition: Edition, words: Vocabulary
) -> tuple[list[LessonGuess], list[Name]]:
    """(a guess for each lesson of the form, the names that it does not speak of)."""
    left = dict(enumerate(names))
    guesses = [_guess(lesson, left, edition, words) for lesson in manifest["lessons"]]
    return guesses, [left[at] for at in sorted(left)]


def _form(document: Any) -> dict[str, Any]:
    """Raises `ValueError`."""
    form = _is(document, dict)
    if form.get("format") != FORMAT or form.get("version") != VERSION:
        raise ValueError("another format")
    lessons = [_lesson(_is(lesson, dict)) for lesson in _list(form.get("lessons"), MOST_LESSONS)]
    if not lessons or sum(len(lesson["files"]) for lesson in lessons) > MOST_FILES:
        raise ValueError("no lessons, or too many files")
    return {"format": FORMAT, "version": VERSION, "lessons": lessons}


def _lesson(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(raw.get(name, "")) for name in TEXTS} | {
        "periods": _count(raw.get("periods", 1)),
        "authors": [_text(author) for author in _list(raw.get("authors", []), 50)],
        "files": [_file(_is(file, dict)) for file in _list(raw.get("files"), MOST_FILES)],
        "others": _others(raw),
    }


def _others(raw: Mapping[str, Any]) -> dict[str, str]:
    """Other words of a lesson; what is no plain short word is nobody's answer."""
    found = {}
    for name in [*raw][:MOST_OTHERS]:
        if name not in TEXTS and isinstance(raw[name], str):
            with contextlib.suppress(ValueError):
                found[name] = _text(raw[name])
    return found


def _file(raw: dict[str, Any]) -> dict[str, Any]:
    size = raw.get("size", -1)
    return {
        "name": _text(raw.get("name"), ("Cc", "Cs")), "role": _text(raw.get("role", "")), "period": _count(raw.get("period", 1)),
        "sha256": _text(raw.get("sha256", "")).lower(), "size": size if type(size) is int else -1,
    }  # fmt: skip


def _is(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"not {kind.__name__}")
    return value


def _list(value: Any, most: int) -> list[Any]:
    found: list[Any] = _is(value, list)
    if len(found) > most:
        raise ValueError("too many")
    return found


def _text(value: Any, never: Sequence[str] = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")) -> str:
    """Chinese typing brings full-width spaces, and names from Windows unseen marks; a name must stay what it is."""
    text = unicodedata.normalize("NFC", _is(value, str)).strip()
    if len(text) > LONGEST or any(unicodedata.category(char) in never for char in text):
        raise ValueError("text too long or not printable")
    return text


def _count(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MOST_PERIODS:
        raise ValueError("no period")
    return value


def _guess(lesson: Mapping[str, Any], left: dict[int, Name], edition: Edition, words: Vocabulary) -> LessonGuess:
    materials, doubts = [], []
    for file in lesson["files"]:
        at = place_of(file, left)
        if at is None:
            doubts.append(f"提交单里有“{file['name']}”，这次没有收到")
            continue
        name, sha256, size = left.pop(at)
        if file["sha256"] and file["sha256"] != sha256:
            doubts.append(f"“{name}”和提交单登记的内容不一样，可能没有拷完")
        materials.append(Material(_role(file["role"], edition, words), file["period"], name, sha256, size))
    periods = max([lesson["periods"], *(material.period for material in materials)])
    identity = _identity(lesson, periods, edition, words)
    return LessonGuess(identity, tuple(materials), tuple(doubts), _records(lesson, identity.category, edition))


def _records(lesson: Mapping[str, Any], category: str, edition: Edition) -> dict[str, str]:
    """What the form asks beyond the lesson's own fields, where its answer is one of the edition's."""
    return {
        row["kind"]: lesson["others"][row["kind"]]
        for row in edition.selection["records"]["kinds"]
        if row.get("form") and row.get("category", category) == category
        and lesson["others"].get(row["kind"]) in row["values"]
    }  # fmt: skip


def place_of(file: Mapping[str, Any], left: Mapping[int, Name]) -> int | None:
    """By name; else by content, because people rename; else by the end of the path, because people move."""
    name = file["name"].replace("\\", "/")
    ways = (
        lambda given: unicodedata.normalize("NFC", given[0]) == name,
        lambda given: bool(file["sha256"]) and given[1] == file["sha256"],
        lambda given: unicodedata.normalize("NFC", given[0]).endswith(f"/{name}"),
    )
    for fits in ways:
        found = [at for at, given in left.items() if fits(given)]
        if found:
            return found[0]
    return None


def _identity(lesson: Mapping[str, Any], periods: int, edition: Edition, words: Vocabulary) -> Identity:
    fields = {name: lesson[name] for name in TEXTS}
    for name, known in (
        ("category", edition.categories), ("stage", edition.stages), ("special_kind", edition.special_kinds),
    ):  # fmt: skip
        fields[name] = _id(fields[name], known) or words.canonical(name, fields[name])
    for name in ("subject", "grade", "textbook", "volume"):
        fields[name] = words.canonical(name, fields[name]) or fields[name]
    fields["stage"] = fields["stage"] or words.stage_of_grade.get(fields["grade"], "")
    sources = {name: "manifest" for name, value in fields.items() if value}
    authors = tuple(author for author in lesson["authors"] if author)
    return Identity(**fields, periods=periods, authors=authors, sources=sources)


def _id(word: str, known: Mapping[str, str]) -> str:
    return next((one for one, name in known.items() if word in (one, name)), "")


def _role(word: str, edition: Edition, words: Vocabulary) -> str:
    roles = read(word, words).roles
    return _id(word, edition.roles) or (roles[0] if roles else "")
