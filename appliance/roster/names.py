"""What the rosters in force answer: a school's one name, a textbook's one name, a lesson's node. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from appliance.model import Identity

Lines = Iterable[Mapping[str, Any]]


@lru_cache(maxsize=1 << 14)  # the titles of a county's nodes, and its few grades, subjects and textbooks
def plain(text: str) -> str:
    """For comparing: NFKC, case folded, without spaces and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def spellings(lines: Lines) -> dict[str, str]:
    """{other spelling: the one name}; a spelling that two share is nobody's."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for name in (line["name"], *line.get("aliases", ())):
            found[plain(name)].add(line["name"])
    return {spelling: names.pop() for spelling, names in found.items() if len(names) == 1}


@dataclass(frozen=True)
class Names:
    schools: Mapping[str, str]
    textbooks: Mapping[str, str]

    @classmethod
    def of(cls, schools: Lines, textbooks: Lines) -> Names:
        return cls(spellings(schools), spellings(textbooks))

    def school(self, given: str) -> str:
        return self.schools.get(plain(given), given)

    def one_name(self, identity: Identity) -> Identity:
        """The lesson under the names of the rosters; names that they do not know stay as they were given."""
        return replace(
            identity, school=self.school(identity.school),
            textbook=self.textbooks.get(plain(identity.textbook), identity.textbook),
        )  # fmt: skip


def nodes_of(identity: Identity, stage: str, nodes: Lines) -> list[str]:
    """The ids of the open nodes that this lesson may stand for: the same title, and nothing known that differs.
    `stage`: the Chinese word of the lesson's stage. More than one: a person must tell."""
    known = {
        "stage": stage, "grade": identity.grade, "subject": identity.subject, "textbook": identity.textbook,
        "volume": identity.volume,
    }  # fmt: skip
    wanted = {name: plain(value) for name, value in known.items() if value}
    title = plain(identity.title)
    return [
        node["id"]
        for node in nodes
        if plain(node["title"]) == title
        and all(not node[name] or plain(node[name]) == value for name, value in wanted.items())
    ]
