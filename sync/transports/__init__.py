"""Ways to the station above. A transport is a row here, one file beside, one contract test.

Each has `push(source, target, …)` and `fetch(source, target)`, which return an `Outcome` and never raise for a
line that is down; what arrived is only believed after verification.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from appliance.station import Station
from sync.supervisor import Outcome, Progress
from sync.transports import ssh_rsync


class Transport(Protocol):
    def push(
        self, source: Path, target: str, *, without: Sequence[str] = (), basis: str = "", again: bool = False,
        progress: Progress = ...,
    ) -> Outcome:  # fmt: skip
        """Makes the folder `target` above (`/<lesson>/v2/`) like `source`, `without` these. `basis`: a folder
        above that has much of it already. `again`: content there is not to be believed, whatever its time says."""

    def fetch(self, source: str, target: Path) -> Outcome:
        """Brings the files of the folder `source` above that `target` lacks."""


Maker = Callable[[Station, Mapping[str, Any], threading.Event | None], Transport]
"""(our station, the accepted grant, set when the box stops)."""

TRANSPORTS: dict[str, Maker] = {"ssh-rsync": ssh_rsync.SshRsync}
