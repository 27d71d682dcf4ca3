"""One job after another, by the one process that holds the printer."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from appliance import journal
from appliance.catalog import Catalog, print_jobs
from appliance.catalog.print_jobs import Row
from appliance.errors import BoxError, PrinterRefuses
from appliance.failpoint import reached
from appliance.model import PrintState
from appliance.printing import device, escpos
from appliance.printing.papers import PAPERS
from appliance.printing.picture import pictures
from appliance.reports.delivery_slip import PRINTED
from appliance.station import Station

_CUT = "打印时盒子停过，可能已经打出来了，请看一看打印机"
ACTOR = "打印机"


def recover(catalog: Catalog) -> None:
    """A former process ended amid these; whether paper came out nobody knows, so it counts as a print."""
    with catalog.writing() as db:
        for job in print_jobs.cut_short(db):
            print_jobs.end(db, job["id"], PrintState.FAILED, _CUT)
            _count(db, job)


def run_once(station: Station, catalog: Catalog) -> bool:
    """Whether there was a job."""
    with catalog.writing() as db:
        job = print_jobs.claim(db)
    if job is None:
        return False
    reason, begun = _print(station, catalog.db, job)
    reached("print.taken")
    with catalog.writing() as db:
        print_jobs.end(db, job["id"], PrintState.FAILED if reason else PrintState.DONE, reason)
        if begun:
            _count(db, job)
    reached("print.committed")
    return True


def _print(station: Station, db: Database, job: Row) -> tuple[str, bool]:
    """(why it failed, "" when it did not; whether paper may have come out)."""
    try:
        html = PAPERS[job["paper"]].html(station, db, job["about"])
        for picture in pictures(html):
            device.send(Path(station.settings.printer), escpos.commands(picture))
    except PrinterRefuses as error:
        return f"{error.what}。{error.remedy}", error.begun
    except BoxError as error:
        return str(error), False
    return "", True


def _count(db: Database, job: Row) -> None:
    if PAPERS[job["paper"]].counted:
        journal.append(db, PRINTED, f"delivery/{job['about']}", {"paper": "80"}, actor=job["by_user"])
