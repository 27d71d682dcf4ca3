"""扫描件 of records: brought or picked, never changed, replaced with what was before still there; required where the
edition says so; whole or not there after a kill."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from appliance import fixity
from appliance.backup import what
from appliance.catalog import Catalog, arrivals, checks, lessons, scans
from appliance.errors import NotAllowed, NotFound, WrongUse
from appliance.model import Identity, LessonGuess, LessonState, Phase
from appliance.rules.load import load
from appliance.selection import checklist, decide, missing, production
from appliance.selection import scans as stamped
from appliance.station import Station
from tests import invariants
from tests.catalog.lesson_maker import material
from tests.conftest import run_lessonbox
from tests.probes.pdf_maker import pdf
from tests.selection.sessions import lesson

EDITION = load("2024")
ASKS = load("2023")  # the one that wants the stamped form before an approval
PNG = b"\x89PNG\r\n\x1a\n" + b"a picture of a form with a seal"


@pytest.fixture
def no(catalog: Catalog) -> int:
    """Without a file: what the store holds are scans alone."""
    identity = Identity(title="分数", category="subject", stage="primary", teacher="教师甲", school="示例小学")
    with catalog.writing() as db:
        return arrivals.save_guess(db, None, LessonGuess(identity, ()), Phase.DESIGN)[0]


def bring(station: Station, catalog: Catalog, no: int, data: bytes = PNG, kind: str = "school_says", **more) -> int:
    return stamped.bring(catalog, station.scans(), EDITION, no, kind, data, "推荐表.png", "经办甲", **more)


def held(catalog: Catalog, no: int) -> list[str]:
    return [row["sha256"] for row in scans.of_lesson(catalog.db, no).get("school_says", [])]


@pytest.mark.clause("P2")
def test_a_stamped_form_is_kept_by_its_bytes_and_a_newer_one_takes_its_place_while_the_old_one_stays(
    station: Station, catalog: Catalog, no: int
) -> None:
    bring(station, catalog, no)
    bring(station, catalog, no, pdf(["推荐表"]))
    newest, first = scans.of_lesson(catalog.db, no)["school_says"]
    assert [(row["sort"], row["by_user"]) for row in (newest, first)] == [("pdf", "经办甲"), ("png", "经办甲")]
    assert first["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert station.store().path(first["sha256"]).read_bytes() == PNG
    assert fixity.run(catalog, station.store()) == fixity.Fixity(read=2)
    invariants.check(station)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "最大 20 MB"), (b"PK\x03\x04 a document", "PNG、JPG 或 PDF"), (PNG + bytes(stamped.MOST_BYTES), "最大")],
    ids=["nothing", "no picture", "too large"],
)
def test_what_nobody_could_look_at_is_refused_and_nothing_is_kept(
    station: Station, catalog: Catalog, no: int, data: bytes, said: str
) -> None:
    with pytest.raises(WrongUse, match=said):
        bring(station, catalog, no, data)
    assert (held(catalog, no), list(station.scans().blobs())) == ([], [])


def test_only_beside_a_record_that_has_one_and_by_who_may_write_it_down(
    station: Station, catalog: Catalog, no: int
) -> None:
    with pytest.raises(WrongUse, match="不用扫描件"):
        bring(station, catalog, no, kind="result_city")
    with pytest.raises(NotAllowed, match="您的角色不能"):
        bring(station, catalog, no, role="technician")
    with pytest.raises(NotFound):
        bring(station, catalog, no + 1)
    bring(station, catalog, no)
    for deed in ("delete from record_scan", "update record_scan set by_user = 'x'"):
        with pytest.raises(sqlite3.DatabaseError, match="append-only"), catalog.writing() as db:
            db.execute(deed)


@pytest.mark.clause("P2")
def test_one_of_the_files_that_came_is_picked_when_it_is_of_the_role_and_can_be_looked_at(catalog: Catalog) -> None:
    identity = Identity(title="分数", category="subject", stage="primary", teacher="教师甲", school="示例小学")
    with catalog.writing() as db:
        files = [material(db, "form", f"bytes of {name}", name) for name in ("推荐表.jpg", "申报表.docx")]
        files.append(material(db, "plan", "a plan", "教学设计.docx"))
        no = arrivals.save_guess(db, None, LessonGuess(identity, tuple(files)), Phase.DESIGN)[0]
        for one, sort in zip(files, ("jpg", "docx", "docx"), strict=True):
            checks.save_media(db, one.sha256, {"kind": "image", "type": sort}, {})
    (offered,) = stamped.choices(catalog.db, no, stamped.asked(EDITION)["school_says"])
    assert offered["name"] == "推荐表.jpg"
    with pytest.raises(WrongUse, match="现在选不了"):
        stamped.pick(catalog, EDITION, no, "school_says", offered["id"] + 1, "经办甲")
    stamped.pick(catalog, EDITION, no, "school_says", offered["id"], "经办甲")
    (row,) = scans.of_lesson(catalog.db, no)["school_says"]
    assert (row["sha256"], row["sort"], row["material"]) == (files[0].sha256, "jpg", offered["id"])


@pytest.mark.clause("P2")
def test_an_edition_that_asks_for_it_lets_nobody_approve_without_and_one_that_does_not_does(
    station: Station, catalog: Catalog
) -> None:
    no = lesson(catalog, "教师甲", state=LessonState.COMPLETE)
    (asked,) = checklist.of_lesson(catalog.db, ASKS, lessons.by_no(catalog.db, no))
    checklist.tick(catalog, no, asked.clause, "yes", "", "经办甲", ASKS)
    with pytest.raises(NotAllowed, match="还没有学校推荐表（盖章扫描件）"):
        decide.decide(catalog, no, "approve", "审批甲", "", edition=ASKS)
    assert stamped.objection(catalog.db, EDITION, no) is None
    bring(station, catalog, no)
    for boss in ("审批甲", "审批乙"):
        decide.decide(catalog, no, "approve", boss, "", edition=ASKS)
    assert lessons.by_no(catalog.db, no).state == LessonState.APPROVED


def test_what_is_missing_is_a_cell_of_the_overview_and_a_thing_that_a_candidate_must_bring(
    station: Station, catalog: Catalog, no: int
) -> None:
    def states(edition) -> dict[str, str]:
        wanted = stamped.of_category(edition, "subject" if edition is EDITION else "lecture")
        return {cell.role: cell.state for cell in stamped.cells(wanted, scans.there(catalog.db).get(no, set()))}

    free = {"declared": missing.FREE, "consent": missing.FREE}
    assert states(EDITION) == {"school_says": missing.LATER, **free}
    assert states(ASKS) == {"school_says": missing.LACKS, **free}
    with catalog.writing() as db:
        db.execute("update lesson set category = 'lecture', state = 'candidate'")
    assert ("学校推荐表（盖章扫描件）", 1) in production.candidates(catalog.db, ASKS)[0].lacks
    bring(station, catalog, no)
    assert states(ASKS) == {"school_says": missing.HERE, **free}
    assert ("学校推荐表（盖章扫描件）", 1) not in production.candidates(catalog.db, ASKS)[0].lacks


@pytest.mark.parametrize(
    ("point", "left"),
    [("store.synced", 0), ("store.renamed", 0), ("store.read-back", 0), ("scan.before-commit", 0), ("scan.committed", 1)],
)  # fmt: skip
@pytest.mark.fault("F3")
def test_killed_at_any_step_it_is_there_whole_or_not_at_all_and_comes_again(
    station: Station, catalog: Catalog, no: int, tmp_path: Path, point: str, left: int
) -> None:
    file = tmp_path / "推荐表.png"
    file.write_bytes(PNG)
    words = ("record", no, "school_says", "校内第 1 名", "--scan", file, "--by", "经办甲", "--home", station.home)
    assert run_lessonbox(*words, failpoint=point).returncode == -9
    assert len(held(catalog, no)) == left
    invariants.check(station)
    assert run_lessonbox(*words).returncode == 0
    station.store().sweep()
    assert set(held(catalog, no)) == {hashlib.sha256(PNG).hexdigest()}
    assert list((station.folder("store/scans") / "incoming").iterdir()) == []
    invariants.check(station)


def test_the_nightly_copy_takes_scans_along_by_their_hash_and_nothing_half_written(
    station: Station, catalog: Catalog, no: int
) -> None:
    bring(station, catalog, no)
    (station.scans().incoming / "left").write_bytes(b"half")
    digest = hashlib.sha256(PNG).hexdigest()
    found = [(file.path, file.sha256) for file in what.files(station) if file.path.startswith("store/scans")]
    assert found == [(f"store/scans/{digest[:2]}/{digest}", digest)]
