"""识别: the entries of a delivery become materials of lessons.

1. Unpack what is packed.
2. Group by hand-in form (提交单.json): each stands for the files beside and below it; what no form names is
   left to folder and file names.
3. Schools and textbooks are called by the one name that the roster (名册) in force gives them; what a school handed in
   by its code stays that school's (`ownership`).
4. One transaction (the pipeline's): lessons, revisions, materials, half files, words for the search.
What nobody can place becomes a lesson without a title, for a person to put right; no file is left over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from appliance.catalog import Catalog, arrivals, deliveries, incomplete, search
from appliance.intake import ownership
from appliance.intake.archives import is_archive
from appliance.intake.identify import identify, manifest_of
from appliance.intake.measuring import Stopping, never
from appliance.intake.unpack import UNPACKED, unpack_all
from appliance.model import Fate, LessonGuess, LessonState, Material, Phase
from appliance.rules.edition import Edition
from appliance.station import Station

FORM = "提交单.json"
_FORM_BYTES = 1_000_000
_FINAL = frozenset(LessonState) - {LessonState.SUBMITTED, LessonState.RETURNED, LessonState.TRIAL}


@dataclass(frozen=True)
class Group:
    """Entries that one form speaks of, or those that none does (`manifest` None). Names are below `folder`."""

    folder: str
    manifest: Mapping[str, Any] | None
    entries: tuple[dict[str, Any], ...]


def sort(
    station: Station, catalog: Catalog, no: int, stopping: Stopping = never
) -> Callable[[Database], Mapping[str, Any]]:
    """Raises `StorageFull`, `StorageLies` from unpacking."""
    unpack_all(station, catalog, no)
    delivery = deliveries.by_no(catalog.db, no)
    edition = station.edition()
    names, owner = ownership.names_of(catalog.db), ownership.owner(catalog.db, delivery)
    guesses = [
        (ownership.kept_to(owner, replace(guess, identity=names.one_name(guess.identity))), group)
        for group in grouped(station, delivery["entries"])
        for guess in _identified(group, edition, delivery["school"])
    ]

    def commit(db: Database) -> Mapping[str, Any]:
        saved = [_save(db, station, edition, no, guess, group) for guess, group in guesses]
        return {"lessons": [{"lesson": lesson, "fate": fate} for lesson, fate in saved]}

    return commit


def grouped(station: Station, entries: Sequence[dict[str, Any]]) -> list[Group]:
    """The deepest form above a file is the one that speaks of it."""
    usable = [entry for entry in entries if _usable(entry)]
    forms = {folder: manifest for folder, manifest in map(lambda e: _form(station, e), usable) if manifest}
    by_folder: dict[str, list[dict[str, Any]]] = {}
    for entry in usable:
        folder = next((f for f in sorted(forms, key=len, reverse=True) if entry["name"].startswith(f)), None)
        if folder is not None and entry["name"] == folder + FORM:
            continue
        by_folder.setdefault("\0" if folder is None else folder, []).append(entry)
    return [
        Group("" if folder == "\0" else folder, forms.get(folder), tuple(inside))
        for folder, inside in sorted(by_folder.items())
    ]


def _usable(entry: Mapping[str, Any]) -> bool:
    """Bytes that may be a material: what is stored, and half files; neither archives that are unpacked nor
    those that were refused."""
    if entry["fate"] == Fate.QUARANTINED:
        return not is_archive(entry["name"])
    return bool(entry["fate"] != Fate.IGNORED and not entry["reason"].startswith(UNPACKED))


def _form(station: Station, entry: Mapping[str, Any]) -> tuple[str, dict[str, Any] | None]:
    folder, slash, name = entry["name"].rpartition("/")
    if name != FORM or entry["fate"] == Fate.QUARANTINED or entry["size"] > _FORM_BYTES:
        return "", None
    return folder + slash, manifest_of(station.store().path(entry["sha256"]).read_bytes())


def _identified(group: Group, edition: Edition, school: str) -> list[LessonGuess]:
    named = [(entry["name"].removeprefix(group.folder), entry["sha256"], entry["size"]) for entry in group.entries]
    manifest = dict(group.manifest) if group.manifest else None
    return identify(named, edition, school_hint=school, manifest=manifest)


def _save(
    db: Database, station: Station, edition: Edition, no: int, guess: LessonGuess, group: Group
) -> tuple[int, str]:
    half = {entry["sha256"]: entry for entry in group.entries if entry["fate"] == Fate.QUARANTINED}
    whole = replace(guess, materials=tuple(m for m in guess.materials if m.sha256 not in half))
    phase = phase_of(station.settings.profile_of(guess.identity), edition, guess.materials, LessonState.SUBMITTED)
    lesson, revision, fate = arrivals.save_guess(db, no, whole, phase, edition.many)
    for material in guess.materials:
        if entry := half.get(material.sha256):
            incomplete.add(db, entry["id"], lesson, revision, material.role, material.period)
    search.index(db, lesson)
    return lesson, fate


def phase_of(profile: str, edition: Edition, materials: Sequence[Material], state: LessonState) -> Phase:
    """Everything is asked for where schools bring everything at once, once a video is there, and from the
    candidates on; before that, the design."""
    video = any(material.role in edition.film for material in materials)
    return Phase.PRODUCTION if profile == "finished_video" or video or state in _FINAL else Phase.DESIGN
