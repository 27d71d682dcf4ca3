"""`python -m tests.faults.hand_in HOME STICK…`: takes sticks, after the first of several once its input ends, and checks
them. It never sleeps: libfaketime breaks the sleep of a Python process (an absolute monotonic time), which no real
clock does."""

from __future__ import annotations

import sys
from pathlib import Path

from appliance import pipeline
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.station import Station

if __name__ == "__main__":
    box = Station.open(Path(sys.argv[1]))
    catalog = box.catalog()
    for number, stick in enumerate(sys.argv[2:]):
        if number == 1:
            print("taken", flush=True)
            sys.stdin.read()
        receive(box, catalog, Parcel("usb", "U 盘", Path(stick)))
    while pipeline.run_once(box, catalog):
        continue
