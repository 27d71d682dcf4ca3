"""Who wrote a row, when, and how far that time can be trusted: the last columns of every table that only grows."""

from __future__ import annotations

from appliance import clock


def stamp(by: str) -> dict[str, str]:
    moment = clock.now()
    return {"by_user": by, "at": moment.wall, "clock": moment.quality}
