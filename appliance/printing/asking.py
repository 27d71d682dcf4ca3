"""Asking for a paper: quick, and true also when the printer is off."""

from __future__ import annotations

from appliance.catalog import Catalog, print_jobs
from appliance.errors import NotAllowed
from appliance.printing.papers import PAPERS
from appliance.station import Station


def ask(station: Station, catalog: Catalog, paper: str, about: int, by: str) -> int:
    """The number of the job. Raises `NotFound` when there is nothing to print, `NotAllowed` without a printer."""
    if not station.settings.printer:
        raise NotAllowed("这台盒子没有接小票打印机", remedy="请技术员在设置里写上打印机")
    PAPERS[paper].html(station, catalog.db, about)
    with catalog.writing() as db:
        return print_jobs.add(db, paper, about, by)
