"""The receipt on its way back: whose word is believed, and what is made again to the byte."""

import json
import shutil
from pathlib import Path

import pytest

from appliance.catalog import peers, receipts
from appliance.station import Station
from sync import bundle, canonical, keys, receipts_in, sshsig
from tests.sync.attacks import write
from tests.sync.carrying import carry, receive, seal
from tests.sync.conftest import Pair, approved, make_station, states


def county_receipts(pair: Pair) -> Path:
    return pair.city.home / "receipts/county-640502"


def take_in(pair: Pair) -> list[str]:
    catalog = pair.county.catalog()
    above = peers.above(catalog.db)
    assert above is not None
    taken = receipts_in.take_in(pair.county, catalog, above["document"], county_receipts(pair))
    catalog.close()
    return [row["status"] for row in taken]


@pytest.fixture
def answered(trusted: Pair) -> Pair:
    carry(trusted, seal(trusted.county, "甲课"))
    receive(trusted)
    return trusted


def signed_by(station: Station, path: Path, document: dict[str, object]) -> None:
    data = canonical.written(document)
    write(path, data)
    write(path.with_name(f"{path.name}.sig"), sshsig.sign(keys.ssh_key(station, "sign"), data, sshsig.RECEIPT))


def test_a_receipt_that_was_changed_or_signed_by_another_is_not_believed(answered: Pair) -> None:
    path = county_receipts(answered) / "000001.json"
    good = json.loads(path.read_bytes())
    write(path, path.read_bytes().replace(b"cataloged", b"cataloGed"))
    with pytest.raises(receipts_in.BadBundle, match="签名与内容不符"):
        take_in(answered)
    signed_by(answered.county, path, good)
    with pytest.raises(receipts_in.BadBundle, match="可信名单"):
        take_in(answered)
    signed_by(answered.city, path, good | {"county": "county-640503"})
    with pytest.raises(receipts_in.BadBundle, match="不是同一个"):
        take_in(answered)
    signed_by(answered.city, path, good | {"prev": "1" * 64})
    with pytest.raises(receipts_in.BadBundle):
        take_in(answered)
    assert states(answered.county) == {"甲课": "bundled"}
    signed_by(answered.city, path, good)
    assert take_in(answered) == ["cataloged"]
    assert take_in(answered) == []


def test_a_receipt_without_its_signature_has_not_come_yet(answered: Pair) -> None:
    (county_receipts(answered) / "000001.json.sig").unlink()
    assert take_in(answered) == []


def test_receipts_are_made_again_from_the_catalog_to_the_byte(answered: Pair) -> None:
    before = {path.name: path.read_bytes() for path in county_receipts(answered).iterdir()}
    for path in county_receipts(answered).iterdir():
        path.unlink()
    assert receive(answered) == []
    assert {path.name: path.read_bytes() for path in county_receipts(answered).iterdir()} == before


def test_receipts_of_a_county_are_numbered_and_chained(answered: Pair) -> None:
    carry(answered, seal(answered.county, "乙课"))
    receive(answered)
    assert take_in(answered) == ["cataloged", "cataloged"]
    catalog = answered.city.catalog()
    assert [row["city_seq"] for row in receipts.of_county(catalog.db, "county-640502")] == [1, 2]


@pytest.mark.fault("F16")
def test_a_restored_county_learns_from_a_receipt_that_it_lost_numbers(answered: Pair, tmp_path: Path) -> None:
    """The catalog and the outbox are both older than what the city answered."""
    older = make_station(tmp_path / "older", "county", "640502")
    for folder in ("secret", "trust"):
        shutil.copytree(answered.county.home / folder, older.home / folder, dirs_exist_ok=True)
    catalog, above = older.catalog(), answered.county.catalog()
    grant = peers.above(above.db)
    assert grant is not None
    taken = receipts_in.take_in(older, catalog, grant["document"], county_receipts(answered))
    assert [row["status"] for row in taken] == ["cataloged"]
    row = bundle.seal(older, catalog, approved(older, "乙课"))
    assert (row["epoch"], row["seq"]) == (2, 1)
