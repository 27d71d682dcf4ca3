"""What is left lying: moves that a power cut stopped, files without a row, uploads that nobody goes on with."""

from __future__ import annotations

from pathlib import Path

from appliance import journal
from appliance.catalog import Catalog, uploads
from appliance.intake.uploads import hand_over, places
from appliance.station import Station


def at_start(station: Station, catalog: Catalog) -> None:
    """Before anybody sends anything: later a file without a row may be one that is being announced."""
    for row in uploads.handed(catalog.db):
        hand_over.lay(station, catalog, row["id"], row["name"])
    known = uploads.all_ids(catalog.db)
    for folder in _folders(station):
        ids = known.get(int(folder.name), set()) if folder.name.isdecimal() else set()
        for path in folder.iterdir():
            if path.name.partition(".")[0] not in ids:
                path.unlink()
        if not ids - {""}:
            folder.rmdir()


def give_up(station: Station, catalog: Catalog, seconds: float) -> int:
    """`seconds`: how long the box ran since the last time. Returns how many unfinished files were given up; whole
    ones stay until the school says 交齐了 or takes them back."""
    with catalog.writing() as db:
        uploads.rest(db, seconds)
        rows = uploads.given_up(db, station.settings.upload_hours * 3600)
        if not rows:
            return 0
        uploads.remove(db, [row["id"] for row in rows])
        journal.append(db, "upload.given-up", f"hand-in/{rows[0]['hand_in']}", {"files": len(rows)})
    for row in rows:
        places.path(station, row).unlink(missing_ok=True)
    return len(rows)


def _folders(station: Station) -> list[Path]:
    return [path for path in station.folder("uploads").iterdir() if path.is_dir()]
