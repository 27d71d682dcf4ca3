"""The numbers of `policy.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Policy:
    """Snapshots that stay; in how many runs the whole disk is read again; days after which people are reminded."""

    last: int
    daily: int
    weekly: int
    monthly: int
    nights: int
    remind_days: int


@cache
def policy() -> Policy:
    told = tomllib.loads((Path(__file__).parent / "policy.toml").read_text())
    return Policy(**told["keep"], nights=told["recheck"]["nights"], remind_days=told["remind"]["days"])
