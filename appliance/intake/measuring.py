"""量: the looks at a file, one after another. What each found is kept at once under the hash of the bytes, so that
a kill or a stop costs one look, and nothing is measured twice.

What could not be looked at the last time is tried again in the first turn of a new check, not amid one: a probe that
ran out of time on a busy day may see it then.
"""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from appliance import failpoint
from appliance.catalog import Catalog, checks, under_way
from appliance.model import Material, Turn
from appliance.probes import plan, probing
from appliance.station import Station

Stopping = Callable[[], bool]
"""Asked between looks: is the part of the box that works here about to end?"""


def never() -> bool:
    return False


class Stopped(Exception):
    """Raised between two looks; what was found before is kept."""


@dataclass(frozen=True)
class Measuring:
    """`versions`: of the tools; what others measured does not count."""

    station: Station
    catalog: Catalog
    versions: Mapping[str, str]
    until: Turn
    stopping: Stopping = never

    def of(self, material: Material) -> Material:
        """The material with its `media`. Raises `Stopped`."""
        kept = checks.media(self.catalog.db, material.sha256, self.versions)
        before = _without_blind(kept) if kept and self.until == Turn.FIRST else kept
        media = before or {}
        if before != kept or before is None or plan.due(before, self.until):
            media = self._look(material.sha256, before)
        return replace(material, media=media)

    def _look(self, sha256: str, before: dict[str, Any] | None) -> dict[str, Any]:
        media: dict[str, Any] = {}
        began, had = time.monotonic(), plan.share(before) if before else 0.0
        keep = functools.partial(self.station.evidence().save, sha256)
        for media in probing(self.station.store().path(sha256), self.until, before, keep):
            if self.stopping():  # who is told to end may take its children along: their last answer counts nothing
                raise Stopped
            with self.catalog.writing() as db:
                checks.save_media(db, sha256, media, self.versions, plan.share(media))
            failpoint.reached("look.saved")
        if self.until == Turn.FULL:
            self._remember_speed(media, time.monotonic() - began, plan.share(media) - had)
        return media

    def _remember_speed(self, media: Mapping[str, Any], seconds: float, share: float) -> None:
        lasts = media.get("duration_s")
        if lasts and share > 0:
            with self.catalog.writing() as db:
                under_way.remember(db, seconds / (lasts * share), lasts)


def _without_blind(media: dict[str, Any]) -> dict[str, Any] | None:
    """Without the looks that could not see; None when the first of all could not."""
    looks = {name: answer for name, answer in media.items() if name in plan.BY_NAME}
    if _blind({name: value for name, value in media.items() if name not in looks}):
        return None
    return {name: value for name, value in media.items() if name not in looks or not _blind(value)}


def _blind(value: object) -> bool:
    return '"undetermined"' in json.dumps(value)
