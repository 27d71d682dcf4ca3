"""A city whose catalog came from a backup: no receipt number is given twice, and what it lost comes again."""

import json
import shutil
from pathlib import Path

import pytest

from appliance.catalog import bundles, receipts
from appliance.station import Station
from sync import outbox, receipt_epochs, receipts_in
from tests import invariants
from tests.sync.carrying import carry, receive, seal
from tests.sync.conftest import Pair, bundle_states, enrol, states
from tests.sync.test_receipts import county_receipts, signed_by, take_in

pytestmark = pytest.mark.fault("F16")


def numbers(pair: Pair) -> list[int]:
    catalog = pair.county.catalog()
    found = [row["city_seq"] for row in receipts.all_in(catalog.db, "city-640500")]
    catalog.close()
    return found


def told(station: Station) -> list[dict]:
    catalog = station.catalog()
    rows = catalog.db.execute("select data from event where kind = 'receipts.epoch' order by seq").fetchall()
    catalog.close()
    return [json.loads(row[0]) for row in rows]


def put_back(pair: Pair, backup: Path) -> None:
    for end in ("-wal", "-shm"):
        (pair.city.home / f"catalog.db{end}").unlink(missing_ok=True)
    shutil.copyfile(backup, pair.city.home / "catalog.db")


@pytest.fixture
def backup(trusted: Pair, tmp_path: Path) -> Path:
    """The city's catalog after 甲课; 乙课 was answered since, and that answer taken."""
    carry(trusted, seal(trusted.county, "甲课"))
    receive(trusted)
    catalog = trusted.city.catalog()
    catalog.db.execute("vacuum into ?", [str(tmp_path / "backup.db")])
    catalog.close()
    carry(trusted, seal(trusted.county, "乙课"))
    receive(trusted)
    assert take_in(trusted) == ["cataloged", "cataloged"]
    return tmp_path / "backup.db"


def test_a_city_restored_in_place_answers_again_in_a_new_epoch_and_the_county_believes_it(
    trusted: Pair, backup: Path
) -> None:
    put_back(trusted, backup)
    assert receive(trusted) == [("cataloged", [])], "the bundle still lies in incoming/"
    assert (receive(trusted), len(told(trusted.city))) == ([], 1)
    carry(trusted, seal(trusted.county, "丙课"))
    receive(trusted)
    assert take_in(trusted) == ["cataloged", "cataloged"]
    one, two, begun, after = numbers(trusted)
    assert (one, two, begun % receipt_epochs.SPAN, after - begun) == (1, 2, 1, 1)
    assert [(row["why"], row["again"]) for row in told(trusted.county)] == [
        ("上级恢复了旧的备份，丢了 1 份回执", ["640502-00002/v1"])
    ]
    assert bundle_states(trusted.county) == ["cataloged"] * 3
    assert states(trusted.county) == states(trusted.city) == dict.fromkeys(("甲课", "乙课", "丙课"), "accepted")
    for station in (trusted.county, trusted.city):
        invariants.check(station)


def on_a_new_box(pair: Pair, backup: Path) -> None:
    """As `bring_back` leaves it: the catalog knows, the keys and what lay in incoming/ are others or gone."""
    put_back(pair, backup)
    for name in ("secret", "incoming", "accepted", "receipts"):
        shutil.rmtree(pair.city.folder(name))
        pair.city.folder(name).mkdir()
    catalog = pair.city.catalog()
    with catalog.writing() as db:
        bundles.came_from_a_backup(db, {"at": "", "snapshot": 1})
    catalog.close()
    enrol(pair.county, pair.city)


def test_a_city_restored_on_a_new_box_is_sent_again_what_it_lost(trusted: Pair, backup: Path) -> None:
    on_a_new_box(trusted, backup)
    carry(trusted, seal(trusted.county, "丙课"))
    assert receive(trusted) == [("verified", [])], "乙课 is missing"
    assert take_in(trusted) == ["verified"]
    assert bundle_states(trusted.county) == ["cataloged", "sealed", "verified"]
    assert states(trusted.county)["乙课"] == "bundled"
    catalog = trusted.county.catalog()
    again = bundles.by_place(catalog.db, "640502-00002", 1)
    assert again is not None and again["reason"] == receipt_epochs.AGAIN
    catalog.close()
    carry(trusted, trusted.county.home / again["path"])
    receive(trusted)
    take_in(trusted)
    assert bundle_states(trusted.county) == ["cataloged"] * 3
    assert states(trusted.city) == dict.fromkeys(("甲课", "乙课", "丙课"), "accepted")


def test_restored_twice_from_one_backup_it_is_believed_again(trusted: Pair, backup: Path) -> None:
    for title in ("丙课", "丁课"):
        on_a_new_box(trusted, backup)
        carry(trusted, seal(trusted.county, title))
        receive(trusted)
        assert take_in(trusted) == ["verified"]
    assert len(told(trusted.county)) == 2
    assert bundle_states(trusted.county) == ["cataloged", "sealed", "sealed", "verified"]


def test_without_a_new_epoch_other_content_under_a_known_number_or_on_an_older_one_is_a_fork(
    trusted: Pair, backup: Path
) -> None:
    path = county_receipts(trusted) / "000002.json"
    good = json.loads(path.read_bytes())
    first = json.loads((county_receipts(trusted) / "000001.json").read_bytes())
    signed_by(trusted.city, path, good | {"status": "returned"})
    with pytest.raises(receipts_in.BadBundle, match="对不上"):
        take_in(trusted)
    signed_by(trusted.city, path, good)
    third = county_receipts(trusted) / "000003.json"
    for wrong in ({"prev": good["prev"]}, {"prev": "1" * 64, "receipt_epoch": 9}, {"prev": first["prev"]}):
        signed_by(trusted.city, third, good | {"city_seq": 3} | wrong)
        with pytest.raises(receipts_in.BadBundle, match="对不上"):
            take_in(trusted)
    assert (numbers(trusted), told(trusted.county)) == ([1, 2], [])
    assert states(trusted.county) == dict.fromkeys(("甲课", "乙课"), "accepted")


def test_a_city_that_was_never_restored_begins_no_epoch(trusted: Pair, backup: Path) -> None:
    assert (receive(trusted), told(trusted.city), numbers(trusted)) == ([], [], [1, 2])


def test_a_fork_is_told_on_the_page_and_once_in_the_journal_until_it_is_mended(pair: Pair, backup: Path) -> None:
    path = county_receipts(pair) / "000002.json"
    good = json.loads(path.read_bytes())
    said = []
    for status in ("returned", "returned", good["status"]):
        signed_by(pair.city, path, good | {"status": status})
        catalog = pair.county.catalog()
        outbox.sync_once(pair.county, catalog)
        said.append(bundles.remembered(catalog.db, bundles.REFUSED) or "")
        entries = catalog.db.execute("select count(*) from event where kind = 'receipts.refused'").fetchone()[0]
        assert entries == 1
        catalog.close()
    assert ["对不上" in one for one in said] == [True, True, False]
