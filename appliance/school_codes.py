"""交件码, as it is printed for a school (`printed_code`).

Kept only as hashes (one for the pages, one for the share), so a lost paper is replaced by a new code, never printed
again. Guessing is counted before the code is looked at.
"""

from __future__ import annotations

import functools
import secrets
import time
from dataclasses import dataclass
from typing import Any

from appliance import journal, passwords, printed_code
from appliance.catalog import Catalog, school_codes
from appliance.errors import NotAllowed, WrongUse
from appliance.share import accounts, server
from appliance.station import Station

_NO_FOLDER = set('/\\:*?"<>|[]%$;#=')
_NO_SHARE = {"global", "homes", "printers", "con", "nul", "prn", "aux"}  # these mean something to Samba or Windows
LONGEST_NAME = 60  # characters of a school's name; it becomes a folder on the share


@dataclass(frozen=True)
class Printed:
    """A code in clear, to be shown and printed once."""

    number: int
    school: str
    code: str


def make(station: Station, catalog: Catalog, school: str, by_user: str) -> Printed:
    """A new code, for the pages and the share; the school's earlier one ends. Raises `WrongUse` for a name that can
    be no folder."""
    school = usable_name(school)
    secret = printed_code.fresh()
    hashed = passwords.hash(printed_code.plain(secret))
    with catalog.writing() as db:
        number = school_codes.reserve(db, school, by_user)
        printed = Printed(number, school, f"{number}-{secret}")
        school_codes.set_code(db, number, hashed, by_user)
        journal.append(db, "school-code.make", f"school/{school}", {}, actor=by_user)
        accounts.give(station, number, printed.code)
        server.settle(station, db)
    return printed


def revoke(station: Station, catalog: Catalog, school: str, by_user: str) -> None:
    """Raises `NotFound`."""
    with catalog.writing() as db:
        row = school_codes.of_school(db, school)
        school_codes.revoke(db, school)
        journal.append(db, "school-code.revoke", f"school/{school}", {}, actor=by_user)
        accounts.take_away(station, row["id"])
        server.settle(station, db)


def usable_name(school: str) -> str:
    name = " ".join(school.split())
    usable = 1 <= len(name) <= LONGEST_NAME and name.isprintable() and not name.startswith(".")
    if not usable or set(name) & _NO_FOLDER or name.casefold() in _NO_SHARE:
        raise WrongUse(f"学校名称要 1 到 {LONGEST_NAME} 个字，不能有斜线、冒号等符号", remedy="请改一个名称")
    return name


def enter(catalog: Catalog, typed: str) -> dict[str, Any]:
    """The school's row. Raises `NotAllowed`, which says why."""
    number, secret = printed_code.parts(typed)
    now = time.time()
    with catalog.writing() as db:
        row = school_codes.find(db, number)
        if row and row["locked_until"] > now:
            raise _locked(row["locked_until"] - now)
        if row:
            school_codes.count_failure(db, number, now)
    right = passwords.matches(row["code"] if row else _nobody(), secret)
    if not row or not right or row["revoked"]:
        raise NotAllowed("交件码不对", effect="没有进入", remedy="请照单子再输一次，或请县里重做一张")
    with catalog.writing() as db:
        school_codes.count_success(db, number)
    return row


@functools.cache
def _nobody() -> str:
    """Looked at when there is no such school, so that the answer takes as long as for a known one."""
    return passwords.hash(secrets.token_urlsafe())


def _locked(seconds: float) -> NotAllowed:
    return NotAllowed(
        f"交件码连错 {school_codes.ALLOWED_FAILURES} 次，暂停进入", effect="没有进入",
        remedy=f"请约 {max(1, round(seconds / 60))} 分钟后再试，或请县里重做一张",
    )  # fmt: skip
