import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from appliance import journal
from appliance.catalog import bundles, lessons
from appliance.errors import NotAllowed, StorageLies
from appliance.model import LessonState
from appliance.station import Station
from sync import bundle, keys, sshsig
from sync.public_keys import public_line
from tests import invariants
from tests.sync.conftest import approved, command, states

FAILPOINTS = ["bundle.payload", "bundle.payload:3", "bundle.manifests", "bundle.signed", "bundle.renamed",
              "bundle.committed"]  # fmt: skip


def contents(folder: Path) -> dict[str, tuple[bytes, float]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_stock_tools_verify_a_bundle(county: Station, sealed: Path, tmp_path: Path) -> None:
    signers = tmp_path / "signers"
    signers.write_text(f"county-640502 {public_line(keys.ssh_key(county, 'sign').public_key())}\n")
    verify = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "county-640502", "-n", sshsig.BUNDLE]
    signed = subprocess.run(
        [*verify, "-s", "tagmanifest-sha256.txt.sig"], cwd=sealed, capture_output=True,
        input=(sealed / "tagmanifest-sha256.txt").read_bytes(),
    )  # fmt: skip
    assert signed.returncode == 0
    for manifest in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        assert subprocess.run(["sha256sum", "-c", "--strict", "--quiet", manifest], cwd=sealed).returncode == 0
    checked = subprocess.run([sys.executable, "-m", "bagit", "--validate", str(sealed)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def test_payload_names_are_stable_and_given_names_are_kept_as_bytes(sealed: Path) -> None:
    assert sorted(str(path.relative_to(sealed)) for path in sealed.rglob("*") if path.is_file()) == [
        "bag-info.txt", "bagit.txt", "chain.json", "data/docs/plan-1.docx", "data/docs/slides-1.pptx",
        "data/docs/task_sheet-1.docx", "data/video/lesson-1.mp4", "manifest-sha256.txt", "submission.json",
        "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig",
    ]  # fmt: skip
    rows = json.loads((sealed / "submission.json").read_bytes())["materials"]
    names = {row["path"]: base64.b64decode(row["raw"]).decode() for row in rows}
    assert names["data/video/lesson-1.mp4"] == "分数的初步认识.mp4"


def test_the_folder_is_named_by_station_lesson_and_version_and_says_bagit_1_0(county: Station, sealed: Path) -> None:
    assert sealed == county.home / "outbox/640502-00001/v1"
    assert (sealed / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def test_times_of_change_come_from_the_hash(sealed: Path) -> None:
    digest = (sealed / "manifest-sha256.txt").read_text().split("  data/video/lesson-1.mp4")[0].split("\n")[-1]
    expected = 315532800 + (int(digest[:8], 16) & 0x7FFFFFFE)
    assert (sealed / "data/video/lesson-1.mp4").stat().st_mtime == expected


def test_a_lesson_is_sealed_once_and_says_so_in_state_and_journal(county: Station) -> None:
    no, catalog = approved(county), county.catalog()
    first = bundle.seal(county, catalog, no)
    again = bundle.seal(county, catalog, no)
    assert (again["seq"], again["tagmanifest_sha256"]) == (1, first["tagmanifest_sha256"])
    assert lessons.by_no(catalog.db, no).state == LessonState.BUNDLED
    assert journal.verify(catalog.db) == (1, None)


def test_bundles_are_chained_by_the_hash_of_the_one_before(county: Station) -> None:
    catalog = county.catalog()
    first = bundle.seal(county, catalog, approved(county, "甲"))
    second = bundle.seal(county, catalog, approved(county, "乙"))
    assert (second["seq"], second["prev"]) == (2, first["tagmanifest_sha256"])


def test_only_an_approved_lesson_is_sealed(county: Station) -> None:
    no, catalog = approved(county), county.catalog()
    with catalog.writing() as db:
        lessons.set_state(db, no, LessonState.COMPLETE)
    with pytest.raises(NotAllowed):
        bundle.seal(county, catalog, no)


@pytest.mark.fault("F7")
def test_rotten_bytes_are_not_sealed(county: Station) -> None:
    no, catalog = approved(county), county.catalog()
    blob = county.store().path(lessons.by_no(catalog.db, no).materials[-1].sha256)
    blob.chmod(0o640)
    blob.write_bytes(b"x" * blob.stat().st_size)
    with pytest.raises(StorageLies):
        bundle.seal(county, catalog, no)
    assert not list((county.home / "outbox").rglob("v1"))


@pytest.mark.parametrize("where", FAILPOINTS)
def test_killed_at_any_step_the_same_number_is_used_and_no_half_bundle_is_seen(county: Station, where: str) -> None:
    no = approved(county)
    killed = command("bundle", str(no), "--home", str(county.home), fail_at=where)
    assert killed.returncode == -9
    for folder in (county.home / "outbox").glob("*/v*"):
        assert (folder / "tagmanifest-sha256.txt.sig").is_file()
    killed_again = command("bundle", str(no), "--home", str(county.home), fail_at="bundle.signed")
    assert killed_again.returncode in (-9, 0)
    done = command("bundle", str(no), "--home", str(county.home), "--json")
    assert done.returncode == 0, done.stderr
    catalog = county.catalog()
    assert [(row["seq"], row["version"]) for row in bundles.newest(catalog.db)] == [(1, 1)]
    assert sorted(path.name for path in (county.home / "outbox/640502-00001").iterdir()) == ["v1"]
    checked = command("verify", str(county.home / "outbox/640502-00001/v1"), "--home", str(county.home))
    assert checked.returncode == 0
    assert states(county) == {"分数的初步认识": "bundled"}
    invariants.check(county)


def test_a_bundle_that_was_named_before_the_power_cut_is_kept_as_it_is(county: Station) -> None:
    no = approved(county)
    command("bundle", str(no), "--home", str(county.home), fail_at="bundle.renamed")
    before = contents(county.home / "outbox/640502-00001/v1")
    assert command("bundle", str(no), "--home", str(county.home)).returncode == 0
    assert contents(county.home / "outbox/640502-00001/v1") == before


def test_a_restored_catalog_begins_a_new_epoch(county: Station, tmp_path: Path) -> None:
    catalog = county.catalog()
    first, second = approved(county, "甲"), approved(county, "乙")
    catalog.backup(tmp_path / "old.db")
    bundle.seal(county, catalog, first)
    catalog.close()
    for left in county.home.glob("catalog.db*"):
        left.unlink()
    (tmp_path / "old.db").rename(county.home / "catalog.db")
    catalog = county.catalog()
    row = bundle.seal(county, catalog, second)
    assert (row["epoch"], row["seq"], row["prev"]) == (2, 1, "0" * 64)
    assert bundle.seal(county, catalog, first)["version"] == 2


def test_after_a_restore_from_a_backup_disk_no_number_and_no_version_is_given_again(county: Station) -> None:
    """The new box knows neither what the lost one sealed after the backup nor whether it had begun an epoch."""
    catalog = county.catalog()
    no, other = approved(county, "甲"), approved(county, "乙")
    first = bundle.seal(county, catalog, no)
    with catalog.writing() as db:
        bundles.came_from_a_backup(db, {"at": "2024-11-24T03:00:00+08:00", "snapshot": 1})
        lessons.set_state(db, no, LessonState.APPROVED)
    again, fresh = bundle.seal(county, catalog, no), bundle.seal(county, catalog, other)
    assert first["epoch"] < again["epoch"] == fresh["epoch"] and (again["seq"], fresh["seq"]) == (1, 2)
    assert (first["version"], again["version"], fresh["version"]) == (1, 102, 101)
    with catalog.writing() as db:
        lessons.set_state(db, no, LessonState.APPROVED)
    third = bundle.seal(county, catalog, no)
    assert (third["epoch"], third["seq"], third["version"]) == (again["epoch"], 3, 103)
