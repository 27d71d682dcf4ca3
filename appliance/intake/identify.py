"""识别: which lesson, whose, which role, which period; from 提交单.json, else from folder and file names.

1. What the hand-in form names is taken from it (`identify_form`).
2. The rest is grouped into lessons (`identify_groups`), by folder or by the title in loose file names.
3. Each name is read (`identify_words`) with the edition's words; the nearest folder wins, then the file names.
4. What stays unknown is "" and a doubt in plain words: a person mends it. Nothing is dropped.
Pure: the same names give the same guesses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from appliance.intake.identify_form import from_form, manifest_of
from appliance.intake.identify_groups import Group, Name, files_of, grouped, total_of
from appliance.intake.identify_identity import identity_of, with_forced
from appliance.intake.identify_roles import materials_of
from appliance.intake.identify_vocabulary import Vocabulary
from appliance.model import LessonGuess
from appliance.rules.edition import Edition

__all__ = ["identify", "manifest_of"]


def identify(
    names: Sequence[Name],
    edition: Edition,
    school_hint: str = "",
    manifest: Mapping[str, Any] | None = None,
    forced: Mapping[str, str] | None = None,
) -> list[LessonGuess]:
    """`names`: (relative name with "/", sha256, size); a lesson folder's own name should stand in it.
    `manifest`: from `manifest_of`. `forced`: fields of `Identity` that a person has said.
    Every name is in the materials of just one guess."""
    words = Vocabulary(edition.aliases)
    said = forced or {}
    if manifest is None:
        return [_guess(group, edition, words, school_hint, said) for group in grouped(names, words)]
    formed, rest = from_form(manifest, names, edition, words)
    guesses = [with_forced(_at_school(guess, school_hint), said) for guess in formed]
    if len(guesses) == 1:
        return [_joined(guesses[0], rest, edition, words)]
    return guesses + [_guess(group, edition, words, school_hint, said) for group in grouped(rest, words)]


def _guess(
    group: Group, edition: Edition, words: Vocabulary, school_hint: str, forced: Mapping[str, str]
) -> LessonGuess:
    identity, doubts = identity_of(group, words, school_hint, forced)
    materials, more = materials_of(group.files, identity.category, edition, words)
    periods = max(total_of(group, words), *(material.period for material in materials), 1)
    return LessonGuess(replace(identity, periods=periods), materials, (*doubts, *more))


def _at_school(guess: LessonGuess, school: str) -> LessonGuess:
    identity = guess.identity
    if identity.school or not school:
        return guess
    sources = {**identity.sources, "school": "folder"}
    return replace(guess, identity=replace(identity, school=school, sources=sources))


def _joined(guess: LessonGuess, rest: Sequence[Name], edition: Edition, words: Vocabulary) -> LessonGuess:
    """What lies beside the form of one lesson and is not named in it belongs to that lesson all the same."""
    more, doubts = materials_of(files_of(rest, words), guess.identity.category, edition, words)
    unnamed = tuple(f"提交单里没有写“{name}”" for name, _, _ in rest)
    return replace(guess, materials=(*guess.materials, *more), doubts=(*guess.doubts, *unnamed, *doubts))
