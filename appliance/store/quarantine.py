"""What was handed in and cannot be used: kept whole, apart, with its reason in the catalog.

The same promise as the store's (hash, fsync, read back): an incomplete video is still somebody's bytes.
"""

from __future__ import annotations

from appliance.store import Store


class Quarantine(Store):
    """A store of its own folder, so that no page and no bundle ever reads from it by mistake."""
