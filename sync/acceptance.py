"""A verified bundle becomes a lesson of this station: bytes first, then the row, then the receipt."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from appliance import failpoint, journal
from appliance.catalog import Catalog, below, checks, decisions, peers, receipts
from appliance.errors import StorageLies
from appliance.station import Station
from appliance.store.files import sync_folder
from sync import bag, canonical, chain_document, copying, profile, refusal, trust
from sync import receipts as answers
from sync.receipts import About
from sync.verify import Problem, Verification, verify

COPIES = 2  # accepted/ and the store


def take(
    station: Station, catalog: Catalog, bundle: Path, about: About, found: Verification, missing: Sequence[int]
) -> list[dict[str, Any]]:
    """The receipts that this gave. `missing`: numbers before it; then it is kept, and catalogued later."""
    failpoint.reached("receive.verified")
    final = place(station, about)
    try:
        if not _kept_before(catalog, final, found):
            _keep(station, bundle, final, found)
    except copying.OtherBytes as changed:
        problem = Problem("CHANGED", str(changed))  # written to between verification and copy
        return refusal.refuse(station, catalog, bundle, about, "quarantined", (problem,))
    if missing:
        with catalog.writing() as db:
            given = answers.issue(station, db, about, "verified", missing=missing, copies=1)
        failpoint.reached("receive.committed")
        return [given] if given else []
    return _catalog(station, catalog, about, final, found.submission)


def catalog_kept(station: Station, catalog: Catalog, county: str, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Catalogues a bundle that was kept while it waited. `row`: its receipt `verified`."""
    final = station.folder("accepted") / county / row["lesson"] / f"v{row['version']}"
    link, _ = chain_document.read((final / "chain.json").read_bytes())
    about = About(county, row["lesson"], row["version"], row["tagmanifest_sha256"], link)
    submission = canonical.read((final / "submission.json").read_bytes())
    return _catalog(station, catalog, about, final, submission)


def place(station: Station, about: About) -> Path:
    return station.folder("accepted") / about.county / about.lesson / f"v{about.version}"


def _kept_before(catalog: Catalog, final: Path, found: Verification) -> bool:
    """A power cut came between the rename and the row."""
    if not final.is_dir():
        return False
    again = verify(final, trust.bundle_signers(catalog.db))
    if again.ok and again.tag == found.tag:
        return True
    shutil.rmtree(final)
    return False


def _keep(station: Station, bundle: Path, final: Path, found: Verification) -> None:
    temporary = final.parent / f".{final.name}.copying"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True, mode=0o750)
    tag_manifest = bag.small(bundle, profile.TAG_MANIFEST, 1 << 16, absent="MISSING")
    if bag.digest(tag_manifest) != found.tag:
        raise copying.OtherBytes(profile.TAG_MANIFEST)
    station.store().require_room(2 * sum((bundle / path).lstat().st_size for path in found.manifest))
    for path, digest in sorted({**found.manifest, **profile.manifest(tag_manifest)}.items()):
        copying.copy(bundle / path, temporary / path, digest)
    copying.write(temporary / profile.TAG_MANIFEST, tag_manifest)
    signature = bag.small(bundle, profile.SIGNATURE, 1 << 16, absent="MISSING")
    copying.write(temporary / profile.SIGNATURE, signature)
    copying.sync_tree(temporary)
    failpoint.reached("receive.copied")
    temporary.rename(final)
    for folder in (final.parent, final.parent.parent, final.parent.parent.parent):
        sync_folder(folder)
    failpoint.reached("receive.renamed")


def _catalog(
    station: Station, catalog: Catalog, about: About, final: Path, submission: Mapping[str, Any]
) -> list[dict[str, Any]]:
    for material in submission["materials"]:
        with (final / material["path"]).open("rb", buffering=0) as file:
            if station.store().put(file).sha256 != material["sha256"]:
                raise StorageLies(f"已收下的报送包 {about.subject} 读回的内容不一致")
    with catalog.writing() as db:
        no = below.save(db, about.county, about.lesson, submission)
        given = answers.issue(station, db, about, "cataloged", copies=COPIES)
        assert about.link is not None
        peers.note_seen(db, about.county, about.link.epoch, about.link.seq, about.tag)
        journal.append(db, "bundle.cataloged", f"lesson/{no}", {"bundle": about.subject, "tagmanifest": about.tag})
    failpoint.reached("receive.committed")
    _forget_older(station, about)
    return [given] if given else []


def _forget_older(station: Station, about: About) -> None:
    """The newest version stays in `incoming/`: the next one is made from it. Older ones are not needed there."""
    for folder in (station.folder("incoming") / about.county / about.lesson).glob("v*"):
        answered = folder.name[1:].isdecimal() and int(folder.name[1:]) < about.version
        kept = station.folder("accepted") / about.county / about.lesson / folder.name
        if answered and kept.is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def answer_returned(station: Station, catalog: Catalog) -> list[dict[str, Any]]:
    """A lesson from below that a person here returned: a receipt with the reason and what was found."""
    given = []
    for lesson in below.returned(catalog.db):
        county, name = lesson["key"].removeprefix("below:").split("/", 1)
        rows = [r for r in receipts.of_county(catalog.db, county) if r["lesson"] == name and r["status"] == "cataloged"]
        if not rows:
            continue
        newest = rows[-1]
        document = canonical.read(newest["document"].encode())
        path = station.folder("accepted") / county / name / f"v{document['version']}" / "chain.json"
        link, _ = chain_document.read(path.read_bytes())
        about = About(county, name, document["version"], newest["tagmanifest_sha256"], link)
        with catalog.writing() as db:
            findings = _reasons(catalog, lesson["no"])
            made = answers.issue(station, db, about, "returned", findings=findings, copies=COPIES)
        given += [made] if made else []
    return given


def _reasons(catalog: Catalog, no: int) -> list[dict[str, str]]:
    decided = [row for row in decisions.of_lesson(catalog.db, no) if row["kind"] == "return"]
    reasons = [{"code": "RETURN", "clause": "", "says": row["reason"], "fix": ""} for row in decided[-1:]]
    check = checks.latest(catalog.db, no)
    found = check["findings"] if check else []
    return reasons + [{"code": f.rule, "clause": f.clause, "says": f.says, "fix": f.fix} for f in found if not f.waived]
