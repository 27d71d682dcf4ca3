"""解压: an archive in the store becomes files in the store, listed below its entry.

1. Prove every member to its end without writing (`archives`).
2. Copy the members into the store; names are given ones, the bytes lie under their hash, so no path of an
   archive is ever a path of ours.
3. One transaction: child entries, blobs, what was done, journal.
An archive that is refused goes whole into the quarantine with the reason. Repeating is harmless: what was
unpacked or refused says so in its entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from appliance import clock, failpoint, journal
from appliance.catalog import Catalog, blobs, deliveries
from appliance.intake import ignore
from appliance.intake.archives import Member, is_archive, is_strange, opened, stem
from appliance.intake.archives.limits import Limits, Refused
from appliance.model import Blob, Entry, Fate
from appliance.probes.container import whole
from appliance.station import Station

UNPACKED = "已解压"
LOCKED = "这种压缩包打不开，请改用 zip 或文件夹再交一次"
_HERE = (Fate.STORED, Fate.DUPLICATE)


def unpack_all(station: Station, catalog: Catalog, delivery: int, limits: Limits | None = None) -> None:
    """Unpacks what can be, archives in archives too, as deep as the limits allow."""
    limits = limits or Limits()
    while pending := _pending(deliveries.entries(catalog.db, delivery)):
        for entry, depth in pending:
            unpack(station, catalog, delivery, entry, limits, depth)


def _pending(entries: list[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """Archives not yet dealt with, each with the number of archives around it."""
    by_id = {entry["id"]: entry for entry in entries}
    found = []
    for entry in entries:
        name = entry["name"]
        done = entry["reason"].startswith(UNPACKED) or entry["reason"] == LOCKED
        if entry["fate"] in _HERE and (is_archive(name) or is_strange(name)) and not done:
            depth, above = 0, entry["parent"]
            while above:
                depth, above = depth + 1, by_id[above]["parent"]
            found.append((entry, depth))
    return found


def unpack(
    station: Station, catalog: Catalog, delivery: int, entry: Mapping[str, Any], limits: Limits, depth: int
) -> None:
    """Raises `StorageFull`, `StorageLies`; what is wrong with the archive becomes its entry's reason."""
    path = station.store().path(entry["sha256"])
    if is_strange(entry["name"]):
        with catalog.writing() as db:
            deliveries.set_fate(db, entry["id"], entry["fate"], LOCKED)
        return
    try:
        if depth > limits.nesting:
            raise Refused(f"压缩包里套了超过 {limits.nesting} 层压缩包")
        with path.open("rb") as file:
            archive = opened(entry["name"], file, entry["size"], limits)
            found = archive.prove()
            station.store().require_room(sum(member.size for member in found))
            folder = folder_of(entry["name"], found)
            children = [_child(station, entry, folder, *one) for one in archive.streams(found)]
    except Refused as refusal:
        _refuse(station, catalog, delivery, entry, path, str(refusal))
        return
    _commit(catalog, delivery, entry, children)


def _child(
    station: Station, entry: Mapping[str, Any], folder: str, member: Member, stream: BinaryIO
) -> tuple[Entry, Blob | None]:
    name = folder + member.name
    raw = entry["raw"] + b"/" + member.raw
    if why := ignore.reason(name, member.size):
        return Entry(name, member.size, Fate.IGNORED, why, raw=raw), None
    blob = station.store().put(stream)
    doubt = "" if member.sure else "文件名的编码认不准，请核对"
    if says := whole(station.store().path(blob.sha256)).says:
        with station.store().path(blob.sha256).open("rb") as bytes_:
            station.quarantine().put(bytes_)
        return Entry(name, blob.size, Fate.QUARANTINED, says, blob.sha256, raw), None
    return Entry(name, blob.size, Fate.STORED, doubt, blob.sha256, raw), blob


def folder_of(archive: str, found: Sequence[Member]) -> str:
    """Where the members are listed: 数学/分数.zip is shown as the folder 数学/分数/. When all lie in one folder
    of that same name, as most packers make it, the name stands once."""
    above, slash, name = stem(archive).rpartition("/")
    own = all(member.name.startswith(name + "/") for member in found)
    return above + slash if own else f"{above}{slash}{name}/"


def _refuse(
    station: Station, catalog: Catalog, delivery: int, entry: Mapping[str, Any], path: Path, reason: str
) -> None:
    with path.open("rb") as file:
        station.quarantine().put(file)
    with catalog.writing() as db:
        deliveries.set_fate(db, entry["id"], Fate.QUARANTINED, reason)
        journal.append(db, "archive-refused", f"delivery/{delivery}", {"sha256": entry["sha256"], "reason": reason})
        failpoint.reached("unpack.before-commit")
    failpoint.reached("unpack.committed")


def _commit(
    catalog: Catalog, delivery: int, entry: Mapping[str, Any], children: list[tuple[Entry, Blob | None]]
) -> None:
    at = clock.now()
    with catalog.writing() as db:
        rows, here = [], set[str]()
        for child, blob in children:
            known = blob is not None and (blob.sha256 in here or blobs.known(db, blob.sha256))
            here.add(child.sha256)
            rows.append(_known(child) if known else child)
        blobs.add(db, [blob for _, blob in children if blob], at)
        deliveries.add_entries(db, delivery, rows, parent=entry["id"])
        deliveries.set_fate(db, entry["id"], entry["fate"], f"{UNPACKED}，内有 {len(children)} 个文件")
        journal.append(db, "unpacked", f"delivery/{delivery}", {"sha256": entry["sha256"], "files": len(children)})
        failpoint.reached("unpack.before-commit")
    failpoint.reached("unpack.committed")


def _known(child: Entry) -> Entry:
    reason = child.reason or "同样的内容已经收过"
    return Entry(child.name, child.size, Fate.DUPLICATE, reason, child.sha256, child.raw)
