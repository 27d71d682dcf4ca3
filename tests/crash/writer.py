"""Receives small blobs for ever and says each row it has committed: `python -m tests.crash.writer HOME`."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from appliance import journal
from appliance.station import Station


def main(home: Path) -> None:
    station = Station.open(home)
    catalog, store = station.catalog(), station.store()
    number = 0
    while True:
        blob = store.put(io.BytesIO(os.urandom(40_000)))
        with catalog.writing() as db:
            db["blob"].insert({"sha256": blob.sha256, "size": blob.size, "stored_at": "", "verified_at": ""})
            journal.append(db, "test", blob.sha256, {"number": number})
        print(blob.sha256, flush=True)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
