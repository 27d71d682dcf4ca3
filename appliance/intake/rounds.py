"""One round of the intake: what is present, what is gone, what has settled, what to take.

A round needs no event and remembers nothing that matters: after a restart the first round finds everything
again, and the catalog says what was taken (F15). Events only make it come sooner.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from appliance.catalog import Catalog, drops
from appliance.errors import BoxError, SourceGone, StillChanging
from appliance.intake.drops import DROP_KINDS, DropKind
from appliance.intake.parcel import FoundDrop, Parcel
from appliance.intake.progress import DropProgress
from appliance.intake.receive import receive
from appliance.intake.settle import Key, Settling, signature
from appliance.station import Station


class Stopped(Exception):
    """Raised amid a copy; what is whole is in the store, the next start takes the parcel again."""


@dataclass(frozen=True)
class Seat:
    """What a round finds about one parcel: idle, settling, trouble, taken; and what the clerk should read."""

    state: str
    message: str = ""
    delivery: int = 0


@dataclass
class Intake:
    station: Station
    catalog: Catalog
    stopping: Callable[[], bool] = lambda: False
    now: Callable[[], float] = time.monotonic
    again_after: float = 30.0  # seconds until a parcel in trouble is tried again, while its drop stays
    settling: Settling = field(init=False)
    _later: dict[Key, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.settling = Settling(self.station.settings.quiet_seconds, self.now)

    def round(self) -> tuple[list[int], bool]:
        """(numbers of new deliveries, whether something is still settling)."""
        taken: list[int] = []
        unsettled = False
        for kind, drop, found in self.look():
            seats = [self._parcel(kind, drop, found, item) for item in found.items]
            taken += [seat.delivery for seat in seats if seat.delivery]
            unsettled = unsettled or any(seat.state == "settling" for seat in seats)
            self._show(drop, seats)
        return taken, unsettled

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
            self._forget(no)
        return no

    def _forget(self, drop: int) -> None:
        self.settling.forget(drop)
        self._later = {key: at for key, at in self._later.items() if key[0] != drop}

    def _vanish(self, row: Mapping[str, Any]) -> None:
        self._forget(row["id"])
        early = next(kind.gone_early for kind in DROP_KINDS if kind.name == row["kind"])
        with self.catalog.writing() as db:
            drops.vanish(db, row["id"], early)

    def _parcel(self, kind: DropKind, drop: int, found: FoundDrop, item: bytes) -> Seat:
        if found.trouble:
            return Seat("trouble", found.trouble)
        parcel = Parcel(kind.name, f"{kind.title} {found.name}", found.path, item, found.school, drop, found.labels)
        key = (drop, parcel.name)
        if self._later.get(key, 0.0) > self.now():
            return Seat("later")
        try:
            seat = self._settled(parcel, key)
            if kind.clear and seat.state in ("idle", "taken"):
                kind.clear(parcel.base)
            return seat
        except StillChanging as error:
            return Seat("settling", error.what)
        except SourceGone:
            self._later[key] = self.now() + self.again_after
            return Seat("trouble", kind.gone_early)
        except BoxError as error:
            self._later[key] = self.now() + self.again_after
            return Seat("trouble", str(error))

    def _settled(self, parcel: Parcel, key: Key) -> Seat:
        began = self.now()
        seen = parcel.walk()
        sign = signature(seen)
        if not seen or drops.taken(self.catalog.db, *key) == sign:
            self._later[key] = self.now() + _RARELY * (self.now() - began)
            return Seat("idle")
        if why := self.settling.why_not(key, parcel.base, seen):
            return Seat("settling", why)
        no = receive(self.station, self.catalog, parcel, DropProgress(self.catalog, key[0], self._meanwhile), sign)
        return Seat("taken", drops.last_message(self.catalog.db, key[0]), no)

    def _meanwhile(self) -> None:
        if self.stopping():
            raise Stopped
        self.look()

    def _show(self, drop: int, seats: list[Seat]) -> None:
        """The drop's row says the worst of its parcels; a box at rest writes nothing."""
        for state in ("trouble", "settling", "taken"):
            told = [seat.message for seat in seats if seat.state == state]
            if told:
                shown = {"state": "done" if state == "taken" else state, "message": told[-1], "current": ""}
                break
        else:
            if any(seat.state == "later" for seat in seats):
                return
            row = drops.get(self.catalog.db, drop)
            if row is None or row["state"] in ("done", "waiting"):
                return
            shown = {"state": "done", "message": drops.last_message(self.catalog.db, drop), "current": ""}
        if drops.differs(self.catalog.db, drop, shown):
            with self.catalog.writing() as db:
                drops.tell(db, drop, shown)


_RARELY = 20  # a stick of 20,000 files that was taken is not walked through all the time
_KINDS = tuple(kind.name for kind in DROP_KINDS)
