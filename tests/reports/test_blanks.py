"""空白模板: as they are given out, and as a teacher fills them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from appliance.model import Identity, LessonFacts, Material, Phase
from appliance.probes import probe
from appliance.reports.blanks import Blank, blanks, docx
from appliance.rules import engine
from appliance.rules.load import load

EDITION = load("2024")
BLANKS = blanks(EDITION)


@pytest.mark.clause("A3")
def test_every_document_with_required_sections_has_a_blank_and_so_have_guide_and_form() -> None:
    wanted = {f"{category}-{role}".replace("_", "-") for category, role in EDITION.sections}
    assert {blank.id for blank in BLANKS} == wanted | {"experiment-guide", "form"}
    assert len({blank.name for blank in BLANKS}) == len(BLANKS)


@pytest.mark.parametrize("blank", BLANKS, ids=lambda blank: blank.id)
def test_a_blank_opens_elsewhere_and_shows_its_title_and_headings(blank: Blank) -> None:
    document = Document(io.BytesIO(docx(blank)))
    texts = [(one.style.name, one.text) for one in document.paragraphs if one.text]
    headings = [
        ("Heading 1", f"{number}、{name}") for number, name in zip("一二三四五六七", blank.headings, strict=False)
    ]
    assert texts == [("Title", blank.title), *headings]
    assert [row.cells[0].text for row in document.tables[0].rows] == list(blank.rows)


@pytest.mark.clause("A3", "D2", "D3", "D5", "D6", "E11")
@pytest.mark.parametrize("blank", [one for one in BLANKS if one.category], ids=lambda blank: blank.id)
def test_a_blank_filled_under_each_heading_passes_the_section_rules(blank: Blank, tmp_path: Path) -> None:
    document = Document(io.BytesIO(docx(blank)))
    paragraphs = document.paragraphs
    for at, paragraph in enumerate(paragraphs):
        if paragraph.style.name == "Heading 1":
            paragraphs[at + 1].text = "学生能用自己的话说出今天学了什么，并举出生活里的两个例子。"
    path = tmp_path / "filled.docx"
    document.save(str(path))
    role = next(one for one in EDITION.roles if blank.id == f"{blank.category}-{one}".replace("_", "-"))
    material = Material(role, 1, blank.name, "0" * 64, path.stat().st_size, probe(path))
    facts = LessonFacts(Identity(category=blank.category, stage="primary"), Phase.PRODUCTION, (material,))
    assert [one.says for one in engine.check(facts, EDITION) if one.material] == []


def test_the_same_blank_is_the_same_bytes() -> None:
    assert docx(BLANKS[0]) == docx(BLANKS[0])
