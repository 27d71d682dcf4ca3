"""提交单.json proves the copy: what differs from it or did not come is asked of a person, and goes when mended."""

from __future__ import annotations

import hashlib
import json

import pytest

from appliance import pipeline
from appliance.catalog import Catalog, checks, deliveries
from appliance.intake.copy_proof import copy_proof
from appliance.rules import engine
from appliance.rules.load import load
from appliance.station import Station
from tests.rules.samples import complete, without

PLAN, SHEET = b"plan as the teacher had it", b"sheet"
HOME = "示例一小/三年级数学《周长》教师甲/"


def form(**files: bytes) -> bytes:
    rows = [
        {"name": f"{name}.txt", "role": "plan" if name == "a" else "task_sheet", "period": 1, "size": len(data),
         "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    ]  # fmt: skip
    lesson = {"title": "周长", "category": "subject", "stage": "primary", "subject": "数学", "teacher": "教师甲",
              "school": "示例一小", "files": rows}  # fmt: skip
    return json.dumps({"format": "lessonbox-manifest", "version": 1, "lessons": [lesson]}).encode()


@pytest.fixture
def told(station: Station, catalog: Catalog, hand_in):
    """Hands in, lets the box work, and gives what it says against the form."""

    def after(files: dict[str, bytes]) -> list[tuple[str, str, str]]:
        no = hand_in({HOME + name: data for name, data in files.items()})
        pipeline.drain(station, catalog, no)
        (link,) = deliveries.lessons_of(catalog.db, no)
        run = checks.latest(catalog.db, link["lesson"])
        assert run is not None
        return [(one.rule, one.material, str(one.outcome)) for one in run["findings"] if one.rule.startswith("form-")]

    return after


def test_what_came_as_registered_is_not_spoken_of(told) -> None:
    assert told({"a.txt": PLAN, "b.txt": SHEET, "提交单.json": form(a=PLAN, b=SHEET)}) == []


def test_other_bytes_than_registered_and_a_file_that_did_not_come_ask_a_person(told) -> None:
    assert told({"a.txt": PLAN[:-1] + b"?", "提交单.json": form(a=PLAN, b=SHEET)}) == [
        ("form-content", "a.txt", "needs a person"),
        ("form-missing", "b.txt", "needs a person"),
    ]


def test_the_finding_goes_when_the_registered_bytes_come(told) -> None:
    papers = form(a=PLAN, b=SHEET)
    assert len(told({"a.txt": b"cut", "b.txt": SHEET, "提交单.json": papers})) == 1
    assert told({"a.txt": PLAN, "b.txt": SHEET, "提交单.json": papers}) == []


def test_what_comes_later_without_a_form_is_not_held_against_the_old_one(told) -> None:
    assert told({"a.txt": PLAN, "提交单.json": form(a=PLAN)}) == []
    assert told({"教学设计.txt": b"better plan"}) == []


@pytest.mark.parametrize(("hashes", "says"), [
    ({"video"}, "视频和提交单登记的指纹一样，拷贝时没有变"), (set(), "没有提交单可以核对，视频只看了文件的结构"),
])  # fmt: skip
def test_what_a_verdict_about_a_film_rests_on_is_told(hashes: set[str], says: str) -> None:
    assert [one.says for one in copy_proof(complete(), load("2024"), hashes)] == [says]
    assert engine.verdict(copy_proof(complete(), load("2024"), hashes)) == "pass"


def test_without_a_film_there_is_nothing_to_prove() -> None:
    assert copy_proof(without(complete(), "video"), load("2024"), set()) == []
