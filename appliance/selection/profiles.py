"""办理方式 (profile): in which order a county works. What each means is data of the edition (`selection.toml`,
`[profiles]`); which one holds for a category and stage is a setting of the station (`Settings.profile_of`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from appliance.model import Identity, LessonState


@dataclass(frozen=True)
class Profile:
    """`screened`: the states in which experts screen; `passed`: the decision by which a lesson goes on, "" when
    screening changes no state."""

    id: str
    title: str
    screened: frozenset[LessonState]
    passed: str


@dataclass(frozen=True)
class Profiles:
    by_id: Mapping[str, Profile]
    id_of: Callable[[Identity], str]

    def of(self, identity: Identity) -> Profile:
        return self.by_id[self.id_of(identity)]


def read(selection: Mapping[str, Any], id_of: Callable[[Identity], str]) -> Profiles:
    """`selection`: the edition's."""
    known = {
        row["id"]: Profile(row["id"], row["title"], frozenset(map(LessonState, row["screened"])), row["passed"])
        for row in selection["profiles"]["kinds"]
    }
    return Profiles(known, id_of)
