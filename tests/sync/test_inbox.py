"""What the city does with what lies in `incoming/`: no line needed, the bundle is put there."""

import json
import shutil
from pathlib import Path

from appliance.station import Station
from sync import canonical, enrolment, inbox, profile, sealing_plan
from tests.sync.attacks import add, as_link, flip_video, reseal
from tests.sync.carrying import INCOMING, carry, receive, seal
from tests.sync.conftest import Pair, approved, make_station, states


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
