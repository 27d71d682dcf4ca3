"""报送包: an approved lesson becomes a folder that never changes again.

1. The plan (numbers, chain) is remembered in the catalog.
2. A temporary folder beside the final one is filled: payload copied from the store with its hash checked,
   manifests, the signature last; everything fsynced.
3. It is renamed, the folder above synced.
4. The row, the lesson's state and the journal change in one transaction, which also forgets the plan.
Killed anywhere, the next call ends in the same bytes under the same number: Ed25519 and BagIt are deterministic,
and what varies (clock, journal head) stands in the plan.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from appliance import failpoint, journal
from appliance.catalog import Catalog, bundles, checks, decisions, lessons
from appliance.errors import NotAllowed, StorageLies
from appliance.model import LessonState, Material
from appliance.station import Station
from appliance.store.files import sync_folder
from sync import bag, canonical, copying, keys, profile, sealing_plan, sshsig, submission
from sync.profile import SIGNATURE, TAG_FILES, TAG_MANIFEST
from sync.public_keys import public_line
from sync.sealing_plan import Plan
from sync.signers import Signer, Signers
from sync.verify import verify


def seal(station: Station, catalog: Catalog, no: int) -> dict[str, Any]:
    """The bundle row of lesson `no`; sealed now, or found sealed. Call under the sender's lock.
    Raises `NotFound`, `NotAllowed`, `StorageFull`, `StorageLies`."""
    finish_interrupted(station, catalog)
    lesson = lessons.by_no(catalog.db, no)
    if lesson.state in (LessonState.BUNDLED, LessonState.SENT, LessonState.ACCEPTED):
        row = bundles.newest_of(catalog.db, no)
        if row is not None:
            return dict(row)
        raise NotAllowed(f"第 {no} 号课例不是本站点封的包")
    with catalog.writing() as db:
        plan = sealing_plan.make(station, db, no)
    return _carry_out(station, catalog, plan)


def finish_interrupted(station: Station, catalog: Catalog) -> None:
    """What a power cut left half done is done, or undone when the lesson was reopened meanwhile."""
    plan = sealing_plan.remembered(catalog.db)
    if plan is None:
        return
    if sealing_plan.still_wanted(catalog.db, plan):
        _carry_out(station, catalog, plan)
        return
    shutil.rmtree(plan.folder(station), ignore_errors=True)  # no row, so nobody was sent it
    with catalog.writing() as db:
        bundles.forget(db, sealing_plan.SEALING)
    last = bundles.last(catalog.db)
    sealing_plan.write_last(station, (last["epoch"], last["seq"]) if last else (0, 0))


def _carry_out(station: Station, catalog: Catalog, plan: Plan) -> dict[str, Any]:
    final = plan.folder(station)
    if not _whole(station, final):
        shutil.rmtree(final, ignore_errors=True)
        _build(station, catalog, plan, final)
    sealing_plan.write_last(station, plan.number)
    return _commit(station, catalog, plan, final)


def _whole(station: Station, final: Path) -> bool:
    own = Signer(
        f"{station.level}-{station.settings.code}", (sshsig.BUNDLE,),
        public_line(keys.ssh_key(station, "sign").public_key()),
    )  # fmt: skip
    return final.is_dir() and verify(final, Signers((own,))).ok


def _build(station: Station, catalog: Catalog, plan: Plan, final: Path) -> None:
    lesson = lessons.by_no(catalog.db, plan.lesson)
    named = submission.payload_names(lesson.materials, station.edition().film)
    station.store().require_room(sum(material.size for material in lesson.materials))
    temporary = final.parent / f".{final.name}.sealing"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True, mode=0o750)
    for material, path in named:
        _payload(station, material, temporary / path)
        failpoint.reached("bundle.payload")
    tags = _tag_files(station, catalog, plan, named)
    for name, data in tags.items():
        copying.write(temporary / name, data)
    failpoint.reached("bundle.manifests")
    signature = sshsig.sign(keys.ssh_key(station, "sign"), tags[TAG_MANIFEST], sshsig.BUNDLE)
    copying.write(temporary / SIGNATURE, signature)
    copying.sync_tree(temporary)
    failpoint.reached("bundle.signed")
    temporary.rename(final)
    sync_folder(final.parent)
    sync_folder(final.parent.parent)
    failpoint.reached("bundle.renamed")


def _payload(station: Station, material: Material, target: Path) -> None:
    try:
        copying.copy(station.store().path(material.sha256), target, material.sha256)
    except (copying.OtherBytes, FileNotFoundError) as error:
        raise StorageLies(f"材料“{material.name}”的存储内容已损坏，不能成包") from error


def _tag_files(station: Station, catalog: Catalog, plan: Plan, named: list[tuple[Material, str]]) -> dict[str, bytes]:
    db = catalog.db
    content = submission.document(
        station.settings, lessons.by_no(db, plan.lesson), named, bundles.raw_names(db, plan.revision),
        checks.latest(db, plan.lesson), decisions.of_lesson(db, plan.lesson),
    )  # fmt: skip
    tags = {
        "bagit.txt": profile.BAGIT_TXT,
        "bag-info.txt": _bag_info(station, plan, named),
        "manifest-sha256.txt": profile.manifest_written((path, material.sha256) for material, path in named),
        "submission.json": canonical.pretty(content),
        "chain.json": canonical.pretty(plan.chain),
    }
    listed = profile.manifest_written((name, bag.digest(tags[name])) for name in TAG_FILES)
    return tags | {TAG_MANIFEST: listed}


def _bag_info(station: Station, plan: Plan, named: list[tuple[Material, str]]) -> bytes:
    payload = sum(material.size for material, _ in named)
    rows = {
        "Bag-Software-Agent": "LessonBox", "Bagging-Date": plan.chain["clock"]["wall"][:10],
        "External-Identifier": f"{plan.chain['lesson']}/v{plan.chain['version']}",
        "Payload-Oxum": f"{payload}.{len(named)}",
        "Source-Organization": " ".join(station.settings.name.split()),
    }  # fmt: skip
    return "".join(f"{name}: {value}\n" for name, value in sorted(rows.items())).encode()


def _commit(station: Station, catalog: Catalog, plan: Plan, final: Path) -> dict[str, Any]:
    tag = bag.digest((final / TAG_MANIFEST).read_bytes())
    chain = plan.chain
    row = {
        "lesson": plan.lesson, "revision": plan.revision, "version": chain["version"], "epoch": chain["epoch"],
        "seq": chain["seq"], "prev": chain["prev"], "tagmanifest_sha256": tag, "state": "sealed",
        "path": str(final.relative_to(station.home)), "created_at": chain["clock"]["wall"],
        "bytes": sum(path.stat().st_size for path in final.rglob("*") if path.is_file()),
    }  # fmt: skip
    with catalog.writing() as db:
        row["id"] = bundles.insert(db, row)
        bundles.set_version(db, plan.lesson, chain["version"])
        lessons.set_state(db, plan.lesson, LessonState.BUNDLED)
        bundles.forget(db, sealing_plan.SEALING)
        subject = f"lesson/{plan.lesson}"
        journal.append(
            db, "bundle.sealed", subject, {"bundle": final.parent.name, "tagmanifest": tag, "seq": chain["seq"]}
        )
    failpoint.reached("bundle.committed")
    return row
