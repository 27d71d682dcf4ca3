"""证书: all of a batch or none, numbers that stay, verified by anybody, taken back with a reason."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest

from appliance import journal
from appliance.catalog import Catalog, records
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import LessonState
from appliance.reports.certificate import certificates as paper
from appliance.selection import certificates
from appliance.station import Station
from tests.conftest import run_lessonbox
from tests.selection.sessions import lesson

HONOUR = "县级基础教育精品课"


@pytest.fixture
def approved(catalog: Catalog) -> int:
    return lesson(catalog, "教师甲", state=LessonState.APPROVED)


@pytest.mark.clause("W4")
def test_a_certificate_is_verified_by_its_number_and_letters_and_by_nothing_else(
    station: Station, catalog: Catalog, approved: int
) -> None:
    (made,) = certificates.issue(station, catalog, [approved], HONOUR, "审批甲")
    assert made["number"] == "360731-2024-00001"
    found = certificates.verify(catalog, " 360731-2024-00001", made["check"].lower().replace("-", " "))
    assert (found["teacher"], found["honour"], found["revoked"]) == ("教师甲", HONOUR, "")
    for number, check in (
        ("360731-2024-00001", "AAAA-AAAA"), ("360731-2024-00002", made["check"]), ("00001", made["check"]),
        ("1-2024-00001", made["check"]), ("x", ""), ("", made["check"]), ("360731-" + "9" * 50, ""),
    ):  # fmt: skip
        with pytest.raises(NotFound, match="没有发过这样的证书"):
            certificates.verify(catalog, number, check)


@pytest.mark.clause("W4")
def test_a_station_that_is_given_another_code_still_verifies_what_it_gave_out(
    station: Station, catalog: Catalog, approved: int
) -> None:
    (made,) = certificates.issue(station, catalog, [approved], HONOUR, "审批甲")
    moved = Station(station.home, dataclasses.replace(station.settings, code="999999"))
    assert certificates.verify(catalog, made["number"], made["check"])["number"] == made["number"]
    (other,) = certificates.issue(moved, catalog, [lesson(catalog, "教师乙", state=LessonState.SENT)], HONOUR, "审批甲")
    assert other["number"] == "999999-2024-00002"


@pytest.mark.clause("W4")
def test_a_certificate_from_before_numbers_were_kept_is_found_by_its_running_number(
    catalog: Catalog, approved: int
) -> None:
    line = {"title": "课", "school": "校", "edition": "年", "teacher": "教师甲", "station": "县"}
    with catalog.writing() as db:
        records.certify(db, approved, {"honour": HONOUR, "check_code": "ABCDEFGH"}, line, "审批甲")
    assert certificates.verify(catalog, "360731-00001", "ABCD-EFGH")["teacher"] == "教师甲"


@pytest.mark.clause("W4")
def test_of_a_batch_all_are_issued_or_none(station: Station, catalog: Catalog, approved: int) -> None:
    early = lesson(catalog, "教师丙")
    with pytest.raises(NotAllowed, match="还没有审批通过"):
        certificates.issue(station, catalog, [approved, early], HONOUR, "审批甲")
    assert (records.certificates(catalog.db), journal.head(catalog.db)[0]) == ([], 0)
    done = run_lessonbox("certificate", "issue", approved, "--honour", HONOUR, "--home", station.home,
                         failpoint="certificates.before-commit")  # fmt: skip
    assert (done.returncode, records.certificates(catalog.db)) == (-9, [])
    assert len(certificates.issue(station, catalog, [approved, approved], HONOUR, "审批甲")) == 1


@pytest.mark.clause("W4")
def test_a_lesson_holds_one_certificate_of_an_honour_until_it_is_taken_back(
    station: Station, catalog: Catalog, approved: int
) -> None:
    (first,) = certificates.issue(station, catalog, [approved], HONOUR, "审批甲")
    with pytest.raises(NotAllowed, match=first["number"]):
        certificates.issue(station, catalog, [approved], f" {HONOUR} ", "审批甲")
    row = {"number": "", "honour": HONOUR, "check_code": "ABCDEFGH"}
    with pytest.raises(sqlite3.IntegrityError, match="holds this certificate"), catalog.writing() as db:
        records.certify(db, approved, row, {}, "审批甲")
    certificates.revoke(catalog, first["no"], "姓名写错", "审批甲")
    (second,) = certificates.issue(station, catalog, [approved], HONOUR, "审批甲")
    assert (first["number"], second["number"]) == ("360731-2024-00001", "360731-2024-00002")
    assert len(certificates.issue(station, catalog, [approved], "县级一等奖", "审批甲")) == 1


@pytest.mark.clause("W4")
def test_one_that_was_taken_back_says_so_when_asked_and_when_printed_again(
    station: Station, catalog: Catalog, approved: int
) -> None:
    (made,) = certificates.issue(station, catalog, [approved], HONOUR, "审批甲")
    assert (made["number"] in paper([made]), paper([made]).count("<svg"), "作废" in paper([made])) == (True, 1, False)
    certificates.revoke(catalog, made["no"], "姓名写错", "审批甲")
    found = certificates.verify(catalog, made["number"], made["check"])
    assert (found["revoked"], "作废：<bdi>姓名写错</bdi>" in paper([found])) == ("姓名写错", True)
    with pytest.raises(NotAllowed, match="已经收回"):
        certificates.revoke(catalog, made["no"], "再收一次", "审批甲")


@pytest.mark.parametrize(("numbers", "honour"), [([], HONOUR), ([1], ""), ([1], "长" * 61)], ids=("none", "no honour", "long"))  # fmt: skip
def test_what_is_not_filled_in_is_refused(
    station: Station, catalog: Catalog, approved: int, numbers: list[int], honour: str
) -> None:
    with pytest.raises(WrongUse):
        certificates.issue(station, catalog, numbers, honour, "审批甲")
