"""回避: why a judge may not score a lesson. Same school or group school, coached, kin; a declared one is recorded."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

KINDS = {
    "school": "同校", "group": "同一教育集团", "coached": "指导过", "kin": "亲属", "declared": "本人申明",
    "override": "解除回避",
}  # fmt: skip


@dataclass(frozen=True)
class Schools:
    """`names`: other spelling → the school's one name; `groups`: school → its group (集团校)."""

    names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def one_name(self, school: str) -> str:
        return self._plain_names.get(plain(school), plain(school))

    def group(self, school: str) -> str:
        return self._plain_groups.get(self.one_name(school), "")

    @cached_property
    def _plain_names(self) -> dict[str, str]:
        return {plain(name): plain(one) for name, one in self.names.items()}

    @cached_property
    def _plain_groups(self) -> dict[str, str]:
        return {self.one_name(name): plain(group) for name, group in self.groups.items()}


@dataclass(frozen=True)
class Judge:
    """`coached` and `kin` are teachers' names as the judge declared them."""

    name: str
    school: str
    coached: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entrant:
    """A lesson as the recusal rules see it; `teachers`: the teacher and the authors."""

    no: int
    school: str
    teachers: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    kind: str
    reason: str


def conflicts(judge: Judge, entrant: Entrant, schools: Schools) -> list[Conflict]:
    """All reasons that hold, strongest first; empty when the judge may score."""
    found = []
    ours, theirs = schools.one_name(judge.school), schools.one_name(entrant.school)
    if ours and ours == theirs:
        found.append(Conflict("school", f"{judge.name}与课例同校：{judge.school} = {entrant.school}"))
    elif schools.group(judge.school) and schools.group(judge.school) == schools.group(entrant.school):
        group = schools.group(judge.school)
        found.append(Conflict("group", f"{judge.school}与{entrant.school}同属{group}"))
    teachers = {plain(name): name for name in entrant.teachers if plain(name)}
    for kind, names in (("coached", judge.coached), ("kin", judge.kin)):
        for name in sorted({plain(one) for one in names} & set(teachers)):
            said = "指导过" if kind == "coached" else "是亲属："
            found.append(Conflict(kind, f"{judge.name}{said}{teachers[name]}"))
    return found


@lru_cache(maxsize=1 << 12)
def plain(text: str) -> str:
    """Full-width letters, capitals and blanks make no other school and no other person."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
