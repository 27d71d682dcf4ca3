"""拍摄通知单: one page a candidate, for its school: when and where, what to bring, what the video must be like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.model import Phase
from appliance.reports.paper import paper
from appliance.rules.edition import Edition
from appliance.rules.engine import concerns
from appliance.selection import production


def slips(db: Database, edition: Edition, numbers: Sequence[int], station: str) -> str:
    """Raises `NotFound`, `NotAllowed`."""
    found = production.of_lessons(db, edition, numbers)
    sheets = [
        {"one": one, "film": _film(edition, one), "card": edition.title_card.get(one.identity.category, ())}
        for one in found
    ]
    return paper("filming", "拍摄通知单", sheets=sheets, edition=edition, station=station)


def _film(edition: Edition, one: production.Candidate) -> list[str]:
    """What this year's rules ask of the video, where there is such a rule."""
    words = {row["kind"]: row["says"] for row in edition.selection["filming"]["asked"]}
    rules = [r for r in edition.rules if r.kind in words and concerns(r.applies, one.identity, Phase.PRODUCTION)]
    ordered = sorted(rules, key=lambda rule: list(words).index(rule.kind))
    return list(dict.fromkeys(words[rule.kind].format(**_shown(rule.limits)) for rule in ordered))


def _shown(limits: Mapping[str, Any]) -> dict[str, str]:
    """The limits as people say them: seconds as minutes too, bytes as GiB, bits per second as Mbps and kbps."""
    found = {}
    for name, value in limits.items():
        found[name] = f"{value}"
        if isinstance(value, int | float):
            units = (("min", 60), ("gb", 1 << 30), ("mbps", 1_000_000), ("kbps", 1000))
            found |= {f"{name}_{unit}": f"{value / size:g}" for unit, size in units}
    return found
