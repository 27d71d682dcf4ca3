"""办理方式 (profile): in which order a county works. What each means is data of the edition (`selection.toml`,
`[profiles]`); which one holds for a category and stage is a setting of the station (`Settings.profile_of`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from appliance.model import Identity, LessonState


@dataclass(frozen=True)
class Profile:
    """`screened`: the states in which experts screen; `passed`: the decision by which a lesson goes on, "" when
    screening changes no state. `chosen_from`, `chosen`: the same for the board (遴选)."""

    id: str
    title: str
    screened: frozenset[LessonState]
    passed: str
    chosen_from: frozenset[LessonState]
    chosen: str


@dataclass(frozen=True)
class Profiles:
    by_id: Mapping[str, Profile]
    id_of: Callable[[Identity], str]

    def of(self, identity: Identity) -> Profile:
        return self.by_id[self.id_of(identity)]


def read(selection: Mapping[str, Any], id_of: Callable[[Identity], str]) -> Profiles:
    """`selection`: the edition's."""
    known = {
        row["id"]: Profile(
            row["id"], row["title"], _states(row["screened"]), row["passed"], _states(row["chosen_from"]), row["chosen"]
        )
        for row in selection["profiles"]["kinds"]
    }  # fmt: skip
    return Profiles(known, id_of)


def _states(names: Iterable[str]) -> frozenset[LessonState]:
    return frozenset(map(LessonState, names))
