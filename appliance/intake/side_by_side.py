"""Several drops at once: each is served in a thread of its own, so a small stick does not wait behind 100 GB, and a
stick that answers no more holds up nobody. The kernel shares disk and bus among the copies by their bytes.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait

from appliance.catalog import Catalog
from appliance.intake.drops import DropKind
from appliance.intake.parcel import FoundDrop
from appliance.intake.rounds import Intake

_QUICK = 0.2  # seconds: what is at rest is seen to be so within the round
AT_ONCE = 12  # copies; each holds a catalog and a handful of descriptors


class SideBySide:
    """`round` returns at once; what a drop's thread took is in the catalog."""

    def __init__(self, intake: Intake, at_once: int = AT_ONCE) -> None:
        self.intake = intake
        self.pool = ThreadPoolExecutor(at_once, thread_name_prefix="drop")
        self.served: dict[int, Future[bool]] = {}
        self.own = threading.local()

    def round(self) -> bool:
        """Whether something is still settling or being copied. Raises what a thread raised."""
        unsettled = self._ended()
        for kind, drop, found in self.intake.look():
            if drop not in self.served:
                self.served[drop] = self.pool.submit(self._serve, kind, drop, found)
        wait(self.served.values(), _QUICK)
        return any([*unsettled, *self._ended()]) or bool(self.served)

    def _ended(self) -> list[bool]:
        return [self.served.pop(drop).result() for drop in [*self.served] if self.served[drop].done()]

    def _serve(self, kind: DropKind, drop: int, found: FoundDrop) -> bool:
        return self.intake.serving(self._catalog(), self.intake.stop_when_asked).serve(kind, drop, found)[1]

    def _catalog(self) -> Catalog:
        """A thread's own; it ends with the thread."""
        if not hasattr(self.own, "catalog"):
            self.own.catalog = self.intake.station.catalog()
        catalog: Catalog = self.own.catalog
        return catalog

    def close(self) -> None:
        """Waits for copies that were told to stop."""
        self.pool.shutdown(wait=True, cancel_futures=True)
