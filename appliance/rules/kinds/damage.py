"""Places inside a film where the file is broken, as the lengths in it and runs of zeros show.

Only what no encoder writes returns a film; the rest a person looks at. That nothing was found proves no copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured
from appliance.rules.remark import Kind, Remark, undetermined

_SHOWN = 5


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    for material, media in measured(rule, facts, "video"):
        seen = media.get("nal") or {}
        if not media.get("video") or "other" in seen:
            continue  # another rule speaks of a film without picture, or in another codec
        if "damaged" not in seen:
            why = str(seen.get("undetermined") or "还没有查")
            yield undetermined(material.name, "视频里有没有坏的地方", why)
            continue
        for case in ("damaged", "doubtful", "sound"):
            if seen[case]["count"]:
                yield _told(case, material.name, seen[case])


def _told(case: str, name: str, found: Mapping[str, Any]) -> Remark:
    places, count = _places(found["at"]), found["count"]
    return Remark(case, name, f"{places}，{count} 帧", "没有坏的地方", {"places": places, "count": count})


def _places(spans: Sequence[Sequence[float]]) -> str:
    """3:05、10:02 到 12:00; minutes and seconds as players show them."""
    told = [_clock(start) if int(start) == int(end) else f"{_clock(start)} 到 {_clock(end)}" for start, end in spans]
    more = f" 等 {len(told)} 处" if len(told) > _SHOWN else ""
    return "、".join(told[:_SHOWN]) + more


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


_FIELDS = ("places", "count")
KIND = Kind(judge, (), {"damaged": _FIELDS, "doubtful": _FIELDS, "sound": _FIELDS}, Turn.FULL)
