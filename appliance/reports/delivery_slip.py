"""A delivery's slip as the box holds it now, whoever asks: a page, the receipt printer, the stick."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from appliance.catalog import events
from appliance.reports.delivery import delivery_view
from appliance.reports.remedies import with_steps
from appliance.reports.slip import slip
from appliance.station import Station

PRINTED = "slip.print"  # in the journal; later prints are marked 补打 with their number
SCHOOL = "学校"  # who prints without being a user


def delivery_slip(
    station: Station, db: Database, no: int, paper: str, printed: int = 1, program: str = "",
    only: Sequence[int] | None = None,
) -> str:  # fmt: skip
    """`printed`: which print it is, from 1; `program`: the one whose steps are told; `only`: of these lessons."""
    edition = station.edition()
    view = with_steps(delivery_view(db, no, edition), edition, program)
    if only is not None:
        view["lessons"] = [lesson for lesson in view["lessons"] if lesson["no"] in only]
    return slip(view | {"station": station.settings.name, "edition": edition.title, "printed": printed}, paper)


def prints(db: Database, no: int, by: str = "") -> int:
    """How often it was printed here; what a school prints on its own paper is counted apart."""
    actors = [row["actor"] for row in events.about(db, f"delivery/{no}") if row["kind"] == PRINTED]
    return sum((actor == SCHOOL) == (by == SCHOOL) for actor in actors)
