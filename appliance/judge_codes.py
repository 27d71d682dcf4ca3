"""入场码, printed for a judge (`printed_code`). Kept only as a hash; a lost paper is replaced by a new code."""

from __future__ import annotations

import functools
import secrets
import time
from dataclasses import dataclass
from typing import Any

from appliance import journal, passwords, printed_code
from appliance.catalog import Catalog, judge_codes, panels
from appliance.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class Printed:
    """A code in clear, to be shown and printed once."""

    judge: str
    code: str


def make(catalog: Catalog, judge: str, by_user: str) -> Printed:
    """A new code; the judge's earlier one ends. Raises `NotFound`."""
    if panels.find_judge(catalog.db, judge) is None:
        raise NotFound(f"没有评委 {judge}")
    secret = printed_code.fresh()
    hashed = passwords.hash(printed_code.plain(secret))
    with catalog.writing() as db:
        number = judge_codes.reserve(db, judge, by_user)
        judge_codes.set_code(db, number, hashed, by_user)
        journal.append(db, "judge-code.make", f"judge/{number}", {"judge": judge}, actor=by_user)
    return Printed(judge, f"{number}-{secret}")


def enter(catalog: Catalog, typed: str) -> dict[str, Any]:
    """The judge's row. Raises `NotAllowed`, which says why. Guessing is counted before the code is looked at."""
    number, secret = printed_code.parts(typed)
    now = time.time()
    with catalog.writing() as db:
        row = judge_codes.find(db, number)
        if row and row["locked_until"] > now:
            minutes = max(1, round((row["locked_until"] - now) / 60))
            raise NotAllowed(
                f"入场码连错 {judge_codes.ALLOWED_FAILURES} 次，暂停进入", effect="没有进入",
                remedy=f"请约 {minutes} 分钟后再试，或请组长重做一张",
            )  # fmt: skip
        if row:
            judge_codes.count_failure(db, number, now)
    right = passwords.matches(row["code"] if row and row["code"] else _nobody(), secret)
    if not row or not right:
        raise NotAllowed("入场码不对", effect="没有进入", remedy="请照单子再输一次，或请组长重做一张")
    with catalog.writing() as db:
        judge_codes.count_success(db, number)
    return row


@functools.cache
def _nobody() -> str:
    """Looked at when there is no such judge, so that the answer takes as long as for a known one."""
    return passwords.hash(secrets.token_urlsafe())
