"""The type of an experiment comes from its 申报表 when nobody else says it (E2), and is asked for when nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance import pipeline
from appliance.catalog import Catalog, checks, deliveries, records
from appliance.station import Station
from tests.samples.documents import one_table

HOME = "示例一小/实验教学/五年级科学《摆的快慢》教师甲/"


@pytest.mark.clause("E2")
@pytest.mark.parametrize(
    ("said", "held", "asked"),
    [
        ("□课标原型实验　☑跨学科实验", [("跨学科实验", "申报表", f"读自“{HOME}申报表.docx”")], False),
        ("□课标原型实验　□跨学科实验", [], True),
    ],
    ids=["ticked", "not ticked"],
)
def test_the_form_on_the_stick_says_the_type(
    station: Station, catalog: Catalog, hand_in, tmp_path: Path, said: str, held: list, asked: bool
) -> None:
    one_table("申报表", [("课名", ("摆的快慢",)), ("实验类型", (said,))], tmp_path / "申报表.docx")
    no = hand_in({f"{HOME}申报表.docx": (tmp_path / "申报表.docx").read_bytes()})
    pipeline.drain(station, catalog, no)
    (link,) = deliveries.lessons_of(catalog.db, no)
    run = checks.latest(catalog.db, link["lesson"])
    assert run is not None
    rows = records.of_lesson(catalog.db, link["lesson"])
    assert [(row["value"], row["by_user"], row["note"]) for row in rows] == held
    assert ("experiment-type" in {one.rule for one in run["findings"]}) is asked
