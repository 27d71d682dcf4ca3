"""The time, and how far it can be trusted. Order never comes from here: it comes from sequence numbers."""

from __future__ import annotations

import ctypes
import datetime as dt
from pathlib import Path

from appliance.model import Moment

_TIME_ERROR = 5  # adjtimex(2): clock not synchronized
_TIMESYNCD = Path("/run/systemd/timesync/synchronized")  # touched by systemd-timesyncd once it has the time
_BUILT = dt.datetime(2024, 7, 1, tzinfo=dt.UTC)  # no box existed before; an earlier clock is a dead battery


def now() -> Moment:
    wall = dt.datetime.now().astimezone()
    return Moment(wall.isoformat(timespec="seconds"), _quality(wall))


def _quality(wall: dt.datetime) -> str:
    if wall < _BUILT:
        return "unknown"
    timex = ctypes.create_string_buffer(256)  # modes = 0: read only; larger than struct timex on every port
    try:
        state = ctypes.CDLL(None, use_errno=True).adjtimex(timex)
    except (OSError, AttributeError):
        return "unknown"
    if state < 0:  # refused under ProtectClock=yes, which cannot tell reading from setting
        return "ntp" if _TIMESYNCD.exists() else "rtc"
    return "ntp" if state < _TIME_ERROR else "rtc"
