"""What the city does with what lies in `incoming/`: no line needed, the bundle is put there."""

import json
import shutil
from pathlib import Path

import pytest

from appliance.catalog import peers, receipts
from appliance.station import Station
from sync import bundle, canonical, enrolment, inbox, keys, profile, receipts_in, sealing_plan, sshsig
from tests.sync.conftest import Pair, approved, make_station, states
from tests.sync.test_verify import add, as_link, flip_video, reseal, write

INCOMING = "incoming/county-640502"


def seal(station: Station, title: str) -> Path:
    catalog = station.catalog()
    row = bundle.seal(station, catalog, approved(station, title))
    catalog.close()
    return station.home / row["path"]


def carry(pair: Pair, sealed: Path) -> Path:
    target = pair.city.home / INCOMING / sealed.parent.name / sealed.name
    return Path(shutil.copytree(sealed, target))


def receive(pair: Pair) -> list[tuple[str, list[str]]]:
    """(status, codes) of the new receipts."""
    catalog = pair.city.catalog()
    given = inbox.receive_once(pair.city, catalog).receipts
    catalog.close()
    return [(row["status"], [finding["code"] for finding in row["findings"]]) for row in given]


def test_bundles_are_catalogued_and_the_next_looks_change_nothing(trusted: Pair) -> None:
    for title in ("甲课", "乙课"):
        carry(trusted, seal(trusted.county, title))
    assert receive(trusted) == [("cataloged", []), ("cataloged", [])]
    assert receive(trusted) == []
    assert states(trusted.city) == {"甲课": "accepted", "乙课": "accepted"}


def test_accepted_files_are_read_only(trusted: Pair) -> None:
    carry(trusted, seal(trusted.county, "甲课"))
    receive(trusted)
    files = [path for path in (trusted.city.home / "accepted").rglob("*") if path.is_file()]
    assert len(files) == 11 and {oct(path.stat().st_mode & 0o777) for path in files} == {"0o440"}


def test_a_gap_is_kept_names_what_is_missing_and_is_catalogued_when_it_came(trusted: Pair) -> None:
    first, second, third = (seal(trusted.county, title) for title in ("甲课", "乙课", "丙课"))
    carry(trusted, third)
    catalog = trusted.city.catalog()
    done = inbox.receive_once(trusted.city, catalog)
    assert [(row["status"], row["missing_seqs"]) for row in done.receipts] == [("verified", [1, 2])]
    assert [row["reason"] for row in done.waiting] == ["缺第 1、2 号"]
    assert states(trusted.city) == {}
    carry(trusted, first)
    assert receive(trusted) == [("cataloged", [])]
    carry(trusted, second)
    assert receive(trusted) == [("cataloged", [])] * 2
    assert set(states(trusted.city)) == {"甲课", "乙课", "丙课"}


def test_the_same_number_with_other_bytes_is_a_fork_and_goes_to_a_person(trusted: Pair, tmp_path: Path) -> None:
    shutil.copytree(trusted.county.home, tmp_path / "clone")
    clone = Station.open(tmp_path / "clone")
    approved(clone, "空课")
    carry(trusted, seal(trusted.county, "甲课"))
    assert receive(trusted) == [("cataloged", [])]
    carry(trusted, seal(clone, "乙课"))
    assert receive(trusted) == [("fork", ["FORK"])]
    assert states(trusted.city) == {"甲课": "accepted"}
    assert receive(trusted) == []


def test_a_bundle_of_an_older_epoch_is_refused(trusted: Pair) -> None:
    old = seal(trusted.county, "甲课")
    catalog = trusted.county.catalog()
    with catalog.writing() as db:
        sealing_plan.begin_epoch(db, 1, "试验")
    carry(trusted, seal(trusted.county, "乙课"))
    assert receive(trusted) == [("cataloged", [])]
    carry(trusted, old)
    assert receive(trusted) == [("quarantined", ["OLD-EPOCH"])]


def test_a_refused_bundle_spends_its_number_and_the_next_is_not_held_up(trusted: Pair) -> None:
    placed = carry(trusted, seal(trusted.county, "甲课"))
    as_link(placed)
    assert receive(trusted) == [("quarantined", ["LINK", "MISSING"])]
    assert not placed.exists()
    assert [p.name for p in (trusted.city.home / "quarantine/bundles/county-640502").iterdir()] == ["640502-00001-v1-1"]
    carry(trusted, seal(trusted.county, "乙课"))
    assert receive(trusted) == [("cataloged", [])]


def test_another_county_s_bundle_in_this_county_s_folder_is_refused(trusted: Pair, tmp_path: Path) -> None:
    other = make_station(tmp_path / "other", "county", "640503")
    catalog = trusted.city.catalog()
    enrolment.grant(trusted.city, catalog, enrolment.request(other), "127.0.0.1", "root")
    carry(trusted, seal(other, "甲课"))
    assert receive(trusted) == [("quarantined", ["WRONG-STATION"])]


def test_a_bundle_under_another_name_is_refused(trusted: Pair) -> None:
    carry(trusted, seal(trusted.county, "甲课")).rename(trusted.city.home / INCOMING / "640502-00001/v7")
    assert receive(trusted) == [("quarantined", ["WRONG-PLACE"])]


def test_a_station_revoked_from_a_number_is_refused_from_there_on(trusted: Pair) -> None:
    carry(trusted, seal(trusted.county, "甲课"))
    carry(trusted, seal(trusted.county, "乙课"))
    catalog = trusted.city.catalog()
    with catalog.writing() as db:
        db["peer"].update("county-640502", {"revoked_from": 2})
    assert receive(trusted) == [("cataloged", []), ("quarantined", ["REVOKED"])]


def test_links_and_strangers_in_incoming_are_not_followed(trusted: Pair, tmp_path: Path) -> None:
    sealed = seal(trusted.county, "甲课")
    lesson = trusted.city.home / INCOMING / "640502-00001"
    lesson.mkdir(parents=True)
    (lesson / "v1").symlink_to(sealed)
    (lesson.parent / "x y").mkdir()
    (lesson.parent / "640502-00002").symlink_to(sealed.parent)
    assert receive(trusted) == []


def test_a_broken_payload_waits_for_the_signature_again(trusted: Pair) -> None:
    sealed = seal(trusted.county, "甲课")
    placed = carry(trusted, sealed)
    flip_video(placed)
    assert receive(trusted) == [("quarantined", ["CHANGED"])]
    assert not (placed / profile.SIGNATURE).exists()
    shutil.rmtree(placed)
    carry(trusted, sealed)
    assert receive(trusted) == [("cataloged", [])]


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


def test_a_submission_of_odd_types_is_catalogued_as_far_as_it_makes_sense(trusted: Pair) -> None:
    sealed = seal(trusted.county, "甲课")
    submission = json.loads((sealed / "submission.json").read_bytes())
    submission["lesson"] |= {"teacher": ["x"], "periods": -5, "authors": {"a": 1}, "phase": 7}
    for row in submission["materials"]:
        row |= {"raw": 5, "name": None, "period": "一"}
    add("submission.json", canonical.pretty(submission))(sealed)
    reseal(sealed, trusted.county)
    carry(trusted, sealed)
    assert receive(trusted) == [("cataloged", [])]
