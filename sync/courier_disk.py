"""人工携带: the same bundles and the same receipts by disk, when there is no line at all.

```
<disk>/LessonBox/up/<county>/<lesson>-v2/     index.json, tag manifest and signature: readable without a key
                                              part-001.age …: the bundle as a tar, age-encrypted, below 4 GiB each
<disk>/LessonBox/down/<county>/000001.json    receipts, as they travel by line
```
Signed inside, encrypted outside. A folder without `index.json` is not complete: it is written last.
Taking in only fills `incoming/` and `receipts/`; the same `inbox` and `receipts_in` decide as for the line, so a
bundle that came both ways is one entry.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pyrage

from appliance.catalog import Catalog, bundles, peers
from appliance.errors import BadBundle, NotEnrolled, NotFound
from appliance.station import Station
from appliance.store.files import sync_folder
from sync import bag, canonical, enrolment, inbox, keys, locks, profile, receipts_in, sealed_parts
from sync.chain_document import json_of
from sync.profile import SIGNATURE, TAG_MANIFEST, Violation

FORMAT = "lessonbox-disk/1"


def out(station: Station, disk: Path) -> dict[str, Any]:
    """Bundles that nobody answered yet, for the station above; receipts, for the stations below."""
    catalog = station.catalog()
    done: dict[str, Any] = {"bundles": [], "receipts": 0, "says": []}
    above = peers.above(catalog.db)
    rows = bundles.under_way(catalog.db)
    if rows and above is None:
        raise NotEnrolled()
    for row in rows:
        assert above is not None
        name = f"{Path(row['path']).parent.name}-{Path(row['path']).name}"
        target = disk / "LessonBox" / "up" / enrolment.principal_of(station) / name
        _bundle_out(station, station.home / row["path"], target, above["document"]["courier"])
        done["bundles"].append(name)
        done["says"].append(f"已写到硬盘：{name}")
    for peer in peers.all_of(catalog.db, peers.BELOW):
        done["receipts"] += _receipts_out(station, disk, peer["code"])
    if done["receipts"]:
        done["says"].append(f"已写到硬盘：回执 {done['receipts']} 份")
    return done


def take_in(station: Station, disk: Path) -> dict[str, Any]:
    """Bundles from below, receipts from above. A disk that holds nothing for this station changes nothing."""
    catalog = station.catalog()
    root = disk / "LessonBox"
    if not root.is_dir():
        raise NotFound("硬盘上没有 LessonBox 文件夹")
    done: dict[str, Any] = {"bundles": [], "receipts": [], "says": []}
    with locks.alone(station, "inbox"):
        for peer in peers.all_of(catalog.db, peers.BELOW):
            for folder in sorted((root / "up" / peer["code"]).glob("*-v*")):
                if _bundle_in(station, folder, peer["code"]):
                    done["bundles"].append(folder.name)
    if done["bundles"]:
        done["receipts"] += inbox.receive_once(station, catalog).receipts
    done["receipts"] += _receipts_in(station, catalog, root)
    done["says"] = [f"已从硬盘读入：{name}" for name in done["bundles"]]
    done["says"] += [f"回执：{row['bundle']} {row['status']}" for row in done["receipts"]]
    return done


def _bundle_out(station: Station, bundle: Path, target: Path, recipient: str) -> None:
    if (target / "index.json").exists():
        return
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    parts = sealed_parts.write(bundle, target, [pyrage.x25519.Recipient.from_str(recipient)])
    for name in (TAG_MANIFEST, SIGNATURE):
        sealed_parts.put(target / name, (bundle / name).read_bytes())
    index = {
        "format": FORMAT, "county": enrolment.principal_of(station), "lesson": bundle.parent.name,
        "version": int(bundle.name[1:]), "tagmanifest_sha256": bag.digest((bundle / TAG_MANIFEST).read_bytes()),
        "parts": parts,
    }  # fmt: skip
    sealed_parts.put(target / "index.json", canonical.pretty(index))


def _bundle_in(station: Station, folder: Path, county: str) -> bool:
    """Whether something came into `incoming/`. Raises `BadBundle` (READ) for a damaged disk."""
    try:
        index = json_of(bag.small(folder, "index.json", 1 << 20, absent="NO-SIGNATURE"), "index.json")
        lesson, version = str(index["lesson"]), int(index["version"])
        parts = [(str(part["name"]), int(part["size"]), str(part["sha256"])) for part in index["parts"]]
    except (Violation, KeyError, TypeError, ValueError):
        return False
    if (
        folder.name != f"{lesson}-v{version}"
        or profile.name_problem(lesson)
        or "/" in lesson
        or county != index.get("county")
    ):
        return False
    final = station.folder("incoming") / county / lesson / f"v{version}"
    kept = station.folder("accepted") / county / lesson / f"v{version}"
    if (final / SIGNATURE).exists() or kept.is_dir():
        return False
    temporary = final.with_name(f".{final.name}.disk")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True, mode=0o750)
    try:
        sealed_parts.read(folder, parts, temporary, keys.courier(station))
    except sealed_parts.Damaged as error:
        shutil.rmtree(temporary)
        raise BadBundle(
            f"硬盘上的 {folder.name} 损坏或不是给本站点的", code="READ", remedy="请重新写一次硬盘"
        ) from error
    shutil.rmtree(final, ignore_errors=True)  # what a cut line left there, without its signature
    temporary.rename(final)
    sync_folder(final.parent)
    return True


def _receipts_out(station: Station, disk: Path, county: str) -> int:
    target = disk / "LessonBox" / "down" / county
    target.mkdir(parents=True, exist_ok=True)
    fresh = [
        path
        for path in sorted((station.folder("receipts") / county).glob("[0-9]*"))
        if not (target / path.name).exists()
    ]
    for path in fresh:
        sealed_parts.put(target / path.name, path.read_bytes())
    return len([path for path in fresh if path.suffix == ".json"])


def _receipts_in(station: Station, catalog: Catalog, root: Path) -> list[dict[str, Any]]:
    above, folder = peers.above(catalog.db), root / "down" / enrolment.principal_of(station)
    if above is None or not folder.is_dir():
        return []
    with locks.alone(station, "outbox"):
        return receipts_in.take_in(station, catalog, above["document"], folder)
