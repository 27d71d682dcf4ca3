"""A bundle that cannot be accepted is answered with its code, and put where it does no harm.

What a transfer can break stays in `incoming/` without its signature: the county sends what differs, and the
signature again. Everything else is moved aside whole, for a person to look at.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from appliance import failpoint
from appliance.catalog import Catalog
from appliance.station import Station
from appliance.store.files import sync_folder
from sync import codes, profile
from sync import receipts as answers
from sync.receipts import About
from sync.verify import Problem

# The signature was good and the number its own: the next number must not wait for it for ever.
_NUMBER_IS_SPENT = frozenset(code for code in codes.SAYS if code.startswith("NAME-")) | {
    "LINK", "HARDLINK", "SPECIAL", "FETCH", "ALGORITHM", "EXTRA", "TOO-LARGE", "TOO-MANY", "BAG-INFO", "BAGIT",
}  # fmt: skip


def refuse(
    station: Station, catalog: Catalog, bundle: Path, about: About, status: str, problems: Sequence[Problem]
) -> list[dict[str, Any]]:
    """The receipt, unless this very answer was given before."""
    code = problems[0].code
    findings = [problem.as_json() for problem in problems[:50]]
    with catalog.writing() as db:
        given = answers.issue(station, db, about, status, findings=findings, counts=code in _NUMBER_IS_SPENT)
    failpoint.reached("receive.committed")
    if code in codes.MENDED_BY_SENDING_AGAIN:
        (bundle / profile.SIGNATURE).unlink(missing_ok=True)
    else:
        _aside(station, bundle, about)
    return [given] if given else []


def _aside(station: Station, bundle: Path, about: About) -> None:
    target = station.folder("quarantine") / "bundles" / about.county
    target.mkdir(parents=True, exist_ok=True)
    number = 1
    while (place := target / f"{about.lesson}-v{about.version}-{number}").exists():
        number += 1
    os.rename(bundle, place)
    sync_folder(target)
    sync_folder(bundle.parent)
