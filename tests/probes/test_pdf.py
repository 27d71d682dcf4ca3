"""PDF files: read where they have text, given to a person where they have none, locked ones told."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.probes import probe
from appliance.rules import engine
from appliance.rules.load import load
from tests.probes.pdf_maker import LOCKED, pdf
from tests.rules.samples import complete, with_media

SECTIONS = ("一、教学目标", "理解分数的含义。", "二、教学内容：分数的初步认识", "三、教学过程", "环节一：引入。")


@pytest.mark.clause("D1")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf(SECTIONS), []),
        (pdf(SECTIONS[:3]), [("plan-sections", "在“教案.pdf”里没认出“教学过程”", "needs a person")]),
        (pdf(["前言", "后记"]), [("plan-sections", "在“教案.pdf”里认不出要求的任何一部分", "needs a person")]),
        (pdf([]), [("has-text", "“教案.pdf”里几乎没有文字，看来是扫描的", "needs a person")]),
        (pdf(SECTIONS, LOCKED), [("has-text", "“教案.pdf”设了密码，打不开", "fail")]),
        (pdf(SECTIONS)[:-8], [("whole", "“教案.pdf”打不开或不完整：PDF 不完整，缺少结尾", "fail")]),
        (b"%PDF-1.7\nnothing\nstartxref\n9\n%%EOF", [("looked", "没能检查“教案.pdf”：PDF 里面的内容读不出来", "undetermined")]),
    ],
    ids=["all sections", "one not found", "none found", "no text", "locked", "cut off", "garbage"],
)  # fmt: skip
def test_a_pdf_is_told_for_what_it_is(tmp_path: Path, data: bytes, said: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "教案.pdf"
    path.write_bytes(data)
    found = engine.check(with_media(complete(), "plan", probe(path), name=path.name), load("2024"))
    assert [(one.rule, one.says, one.outcome) for one in found if one.rule != "title-card"] == said


def test_the_lines_of_a_pdf_are_counted_and_shaped_like_those_of_a_document(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(SECTIONS[:2]))
    media = probe(path)
    assert (media["pages"], media["text_chars"], media["cut"]) == (1, 14, False)
    assert [(row["text"], row["shape"]) for row in media["headings"]] == [
        ("一、教学目标", "number"), ("理解分数的含义。", "short"),
    ]  # fmt: skip
