"""One round of the intake: what is present, what is gone; each drop that is there is served.

A round needs no event and remembers nothing that matters: after a restart the first round finds everything
again, and the catalog says what was taken (F15). Events only make it come sooner.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from appliance.catalog import Catalog, drops
from appliance.intake.drops import DROP_KINDS, DropKind
from appliance.intake.parcel import FoundDrop
from appliance.intake.serving import Memory, Serving
from appliance.intake.settle import Settling
from appliance.station import Station

_KINDS = tuple(kind.name for kind in DROP_KINDS)


class Stopped(Exception):
    """Raised amid a copy; what is whole is in the store, the next start takes the parcel again."""


@dataclass
class Intake:
    """`again_after`: seconds until a parcel in trouble is tried again, while its drop stays."""

    station: Station
    catalog: Catalog
    stopping: Callable[[], bool] = lambda: False
    now: Callable[[], float] = time.monotonic
    again_after: float = 30.0
    memory: Memory = field(init=False)

    def __post_init__(self) -> None:
        self.memory = Memory(Settling(self.station.settings.quiet_seconds, self.now))

    def round(self) -> tuple[list[int], bool]:
        """One drop after another: (numbers of new deliveries, whether something is still settling)."""
        taken: list[int] = []
        unsettled = False
        serving = self.serving(self.catalog, self._meanwhile)
        for kind, drop, found in self.look():
            numbers, settling = serving.serve(kind, drop, found)
            taken += numbers
            unsettled = unsettled or settling
        return taken, unsettled

    def serving(self, catalog: Catalog, meanwhile: Callable[[], None]) -> Serving:
        return Serving(self.station, catalog, self.memory, meanwhile, self.now, self.again_after)

    def look(self) -> list[tuple[DropKind, int, FoundDrop]]:
        """Writes down who came and who went; returns who is here. Cheap: done amid long copies too."""
        here = []
        known = {(row["kind"], row["identity"]): row for row in drops.present(self.catalog.db, _KINDS)}
        for kind in DROP_KINDS:
            for drop in kind.find(self.station):
                here.append((kind, self._appear(kind, drop, known.pop((kind.name, drop.identity), None)), drop))
        for row in known.values():
            self._vanish(row)
        return here

    def _appear(self, kind: DropKind, drop: FoundDrop, row: Mapping[str, Any] | None) -> int:
        told = (drop.name, str(drop.path), drop.school)
        if row and (row["name"], row["path"], row["school"]) == told:
            return int(row["id"])
        with self.catalog.writing() as db:
            no = drops.appear(db, kind.name, drop.identity, *told)
        if row is None:  # plugged in, perhaps again: neither its quiet time nor its troubles go on
            self.memory.forget(no)
        return no

    def _vanish(self, row: Mapping[str, Any]) -> None:
        self.memory.forget(row["id"])
        early = next(kind.gone_early for kind in DROP_KINDS if kind.name == row["kind"])
        with self.catalog.writing() as db:
            drops.vanish(db, row["id"], early)

    def stop_when_asked(self) -> None:
        if self.stopping():
            raise Stopped

    def _meanwhile(self) -> None:
        self.stop_when_asked()
        self.look()
