"""A backup amid writes is the catalog as it was at one moment."""

from __future__ import annotations

import threading
from pathlib import Path

from appliance import journal
from appliance.backup import local
from appliance.catalog import Catalog
from appliance.station import Station


def test_a_copy_made_while_a_writer_writes_holds_whole_transactions_only(station: Station, tmp_path: Path) -> None:
    """Each transaction writes two rows that belong together; no copy may hold one without the other."""
    stop, written = threading.Event(), [0]

    def write() -> None:
        catalog = station.catalog()
        while not stop.is_set():
            with catalog.writing() as db:
                for half in ("first", "second"):
                    journal.append(db, half, f"pair/{written[0]}", {"padding": "x" * 2000})
            written[0] += 1
        catalog.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        lengths = [local.copy_to(station, tmp_path / f"{number}.db") for number in range(6)]
    finally:
        stop.set()
        writer.join()
    for number, length in enumerate(lengths):
        copy = Catalog.open_copy(tmp_path / f"{number}.db").db
        assert length % 2 == 0
        assert copy.execute("select count(*) from event where kind = 'first'").fetchone()[0] * 2 == length
        assert journal.verify(copy) == (length, None)
    assert written[0] * 2 >= lengths[-1] > lengths[0]
