"""Schools bring sticks and a clerk decides, until all sticks are in: the real intake, pipeline and decisions.

`python -m tests.image.power.workload HOME STICKS LOG ACKNOWLEDGED`. What the box has said to be done goes line by line
into ACKNOWLEDGED, on another disk, each with the length of the disk's log at that moment.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from appliance.commands import watch
from appliance.selection.decide import decide
from appliance.station import Station


def main(home: Path, sticks: Path, log: Path, acknowledged: Path) -> None:
    station = Station.open(home)
    with acknowledged.open("a", buffering=1) as out:

        def say(**what: Any) -> None:
            print(json.dumps({"log": os.stat(log).st_size, **what}), file=out)

        for stick in sorted(sticks.iterdir()):
            shutil.move(stick, station.folder("drops/usb") / stick.name)
            for delivery in watch.once(station).data["deliveries"]:
                say(delivery=delivery["no"], receipt=delivery["receipt"])
            decide_all(station, say)


def decide_all(station: Station, say: Any) -> None:
    """Takes each lesson that was sent back out of the year, and in again."""
    catalog = station.catalog()
    for row in list(catalog.db.query("select no from lesson where state in ('submitted', 'returned')")):
        for kind in ("withdraw", "reopen"):
            decide(catalog, row["no"], kind, "审批乙", "断电试验")
            made = catalog.db.execute("select count(*) from decision where lesson = ?", [row["no"]]).fetchone()[0]
            say(lesson=row["no"], decisions=made)
    catalog.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
