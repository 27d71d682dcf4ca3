"""催交单: what a school's candidates must still bring, what is to be mended, when they are filmed, until when. A page a
school on A4; on receipt paper the school of one lesson."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlite_utils import Database

from appliance import clock
from appliance.catalog import lessons, season
from appliance.errors import NotAllowed
from appliance.reports.paper import paper
from appliance.reports.slip_style import style
from appliance.selection import production, reminders
from appliance.station import Station

MOST_DATES = 3


def reminder(box: Station, db: Database, schools: Collection[str], size: str = "a4") -> str:
    """`schools`: these, all when empty. `size`: a4 or 80. Raises `NotAllowed` when nobody is to be reminded."""
    edition, now = box.edition(), clock.now()
    today = now.wall[:10]
    found = [
        one for one in reminders.by_school(production.candidates(db, edition), today)
        if not schools or one.school in schools
    ]  # fmt: skip
    if not found:
        raise NotAllowed("没有要催的", effect="没有打印", remedy="人选的材料齐了、拍完了，或者还没有定人选")
    days = sorted((row["day"], what) for what, row in season.days(db).items() if row["day"] >= today)
    return paper(
        "reminder", "催交单", found=found, style=style(size), today=today, sure=now.quality == "ntp",
        days=days[:MOST_DATES], station=box.settings.name, edition=edition,
    )  # fmt: skip


def of_lessons(box: Station, db: Database, numbers: Sequence[int], size: str = "a4") -> str:
    """For the schools of these lessons. Raises `NotFound`, `NotAllowed`."""
    return reminder(box, db, {lessons.by_no(db, no).identity.school for no in numbers}, size)
