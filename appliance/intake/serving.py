"""What a round does about one drop: has it settled, take it, say so. One drop is served by one thread at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from appliance.catalog import Catalog, drops
from appliance.errors import BoxError, SourceGone, StillChanging
from appliance.intake.drops import DropKind
from appliance.intake.parcel import FoundDrop, Parcel
from appliance.intake.progress import DropProgress
from appliance.intake.receive import receive
from appliance.intake.settle import Key, Settling, signature
from appliance.station import Station

_RARELY = 20  # a stick of 20,000 files that was taken is not walked through all the time


@dataclass(frozen=True)
class Seat:
    """What a round finds about one parcel: idle, settling, trouble, taken; and what the clerk should read."""

    state: str
    message: str = ""
    delivery: int = 0


@dataclass
class Memory:
    """Since when each parcel has looked the same, and when one in trouble is tried again. Nothing that matters: a
    restart forgets it."""

    settling: Settling
    later: dict[Key, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def forget(self, drop: int) -> None:
        with self.lock:
            self.settling.forget(drop)
            for key in [key for key in self.later if key[0] == drop]:
                del self.later[key]


@dataclass
class Serving:
    """`meanwhile` is called amid long copies, and may raise to stop them."""

    station: Station
    catalog: Catalog
    memory: Memory
    meanwhile: Callable[[], None]
    now: Callable[[], float] = time.monotonic
    again_after: float = 30.0

    def serve(self, kind: DropKind, drop: int, found: FoundDrop) -> tuple[list[int], bool]:
        """(numbers of new deliveries, whether something is still settling)."""
        seats = [self._parcel(kind, drop, found, item) for item in found.items]
        self._show(drop, seats)
        return [seat.delivery for seat in seats if seat.delivery], any(seat.state == "settling" for seat in seats)

    def _parcel(self, kind: DropKind, drop: int, found: FoundDrop, item: bytes) -> Seat:
        if found.trouble:
            return Seat("trouble", found.trouble)
        parcel = Parcel(kind.name, f"{kind.title} {found.name}", found.path, item, found.school, drop, found.labels)
        key = (drop, parcel.name)
        if self.memory.later.get(key, 0.0) > self.now():
            return Seat("later")
        try:
            seat = self._settled(kind, found, parcel, key)
            if kind.clear and seat.state in ("idle", "taken"):
                kind.clear(parcel.base)
            return seat
        except StillChanging as error:
            return Seat("settling", error.what)
        except SourceGone:
            self._later(key, self.again_after)
            return Seat("trouble", kind.gone_early)
        except BoxError as error:
            self._later(key, self.again_after)
            return Seat("trouble", str(error))

    def _settled(self, kind: DropKind, found: FoundDrop, parcel: Parcel, key: Key) -> Seat:
        began = self.now()
        seen = parcel.walk()
        sign = signature(seen)
        if not seen or drops.taken(self.catalog.db, *key) == sign:
            self._later(key, _RARELY * (self.now() - began))
            return Seat("idle")
        if why := self.memory.settling.why_not(key, parcel.base, seen):
            return Seat("settling", why)
        if over := kind.over(self.station, self.catalog.db, found):
            self._later(key, self.again_after)
            return Seat("trouble", over)
        no = receive(self.station, self.catalog, parcel, DropProgress(self.catalog, key[0], self.meanwhile), sign)
        return Seat("taken", drops.last_message(self.catalog.db, key[0]), no)

    def _later(self, key: Key, seconds: float) -> None:
        with self.memory.lock:
            self.memory.later[key] = self.now() + seconds

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
