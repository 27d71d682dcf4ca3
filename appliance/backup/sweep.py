"""Old snapshots go, then pieces that no snapshot needs. It can only ever err by keeping too much:

1. What stays is decided first; a snapshot that cannot be read stays, and then nothing else is taken away.
2. The snapshot's file goes before its pieces: cut off in between, pieces without a snapshot lie there until next time.
3. A piece goes only when every remaining snapshot was read to the end of its list and none of them names it.
"""

from __future__ import annotations

from pathlib import Path

from appliance import failpoint
from appliance.backup import fat, snapshots
from appliance.backup.pieces import Pieces
from appliance.backup.policy import Policy
from appliance.backup.recovery import Keys
from appliance.backup.retention import kept
from appliance.errors import BackupDisk


def sweep(box: Path, keys: Keys, policy: Policy) -> tuple[int, int]:
    """(snapshots, pieces) that were taken away."""
    there = snapshots.names(box)
    read = {number: snapshots.read(box, keys, name) for number, name in there.items()}
    if None in read.values():
        return 0, 0
    whole = [one for one in read.values() if one is not None]
    stay = kept([(one.number, one.day) for one in whole], policy)
    for one in whole:
        if one.number not in stay:
            (box / "snapshots" / one.name).unlink()
    if len(stay) < len(whole):
        fat.sync_folder(box / "snapshots")
    failpoint.reached("backup.expired")
    needed = _needed(Pieces(box, keys), [one for one in whole if one.number in stay])
    return len(whole) - len(stay), _take_away(Pieces(box, keys), needed) if needed is not None else 0


def _needed(pieces: Pieces, stay: list[snapshots.Snapshot]) -> set[bytes] | None:
    """Names of pieces, as bytes to keep the set small; None when a list cannot be read to its end."""
    contents: set[tuple[str, int]] = set()
    try:
        for one in stay:
            contents |= {one.catalog, one.files_list}
            contents.update((file.sha256, file.size) for file in snapshots.read_list(pieces, one))
    except (BackupDisk, OSError, ValueError):
        return None
    return {bytes.fromhex(name) for sha256, size in contents for name in pieces.names(sha256, size)}


def _take_away(pieces: Pieces, needed: set[bytes]) -> int:
    gone = 0
    for path in list(pieces.all()):
        if not _is_needed(path.name, needed):
            path.unlink()
            failpoint.reached("backup.swept")
            gone += 1
    return gone


def _is_needed(name: str, needed: set[bytes]) -> bool:
    try:
        return bytes.fromhex(name) in needed
    except ValueError:
        return False  # `.new` of a run that was cut off
