"""Old documents, decks and workbooks (doc, wps, ppt, dps, xls, et): read as the new ones are, or given to a person."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.probes import probe
from appliance.rules import engine
from appliance.rules.load import load
from tests.rules.samples import complete, with_media
from tests.samples.deck_maker import deck
from tests.samples.ole_maker import book, ole, word, write

PLAN = (
    "分数的初步认识", "#教学目标", "理解分数的含义，能用自己的话说。", "#教学内容", "人教版三年级上册，认识几分之一。",
    "~藏着的话", "-删掉的话", "|教学过程", "|一、引入；二、操作；三、练习。",
)  # fmt: skip


def said(path: Path, role: str) -> list[tuple[str, str, str]]:
    found = engine.check(with_media(complete(), role, probe(path), name=path.name), load("2024"))
    return [(one.rule, one.says, one.outcome) for one in found if one.material == path.name]


@pytest.mark.fault("H11")
@pytest.mark.clause("D1", "D2")
def test_an_old_document_is_read_with_styles_and_cells_and_without_hidden_and_removed_text(tmp_path: Path) -> None:
    path = write(tmp_path / "教案.doc", word(PLAN))
    media = probe(path)
    assert (media["kind"], media["type"], media["encrypted"], media["macros"], media["cut"]) == (
        "ole", "doc", False, False, False,
    )  # fmt: skip
    assert [(one["text"], one["shape"]) for one in media["headings"]] == [
        ("分数的初步认识", "short"), ("教学目标", "style"), ("理解分数的含义，能用自己的话说。", "short"),
        ("教学内容", "style"), ("人教版三年级上册，认识几分之一。", "short"), ("教学过程", "short"), ("教学过程", "cell"),
        ("一、引入；二、操作；三、练习。", "number"), ("一、引入；二、操作；三、练习。", "cell"),
    ]  # fmt: skip
    assert said(path, "plan") == []


@pytest.mark.fault("H10")
@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("教案.wps", word(PLAN[:-2]), [("plan-sections", "教学设计里没有“教学过程”", "fail")]),
        ("教案.doc", word(["前言", "后记"]), [("plan-sections", "在“教案.doc”里认不出要求的任何一部分", "needs a person")]),
        ("教案.doc", word(PLAN, locked=True), [("has-text", "“教案.doc”设了密码，打不开", "fail")]),
        ("教案.docx", ole({"EncryptedPackage": b"x"}), [("has-text", "“教案.docx”设了密码，打不开", "fail")]),
        ("教案.doc", word(PLAN, version=101), [("looked", "没能检查“教案.doc”：是 Word 95 或更早的文档，没有读", "undetermined")]),
        ("教案.doc", word(PLAN)[:6000], [("whole", "“教案.doc”打不开或不完整：文件不完整，后面的部分没有拷到", "fail")]),
        ("教案.doc", ole({"Contents": b"x"}), [("looked", "没能检查“教案.doc”：是旧格式的文件，认不出是文档、课件还是表格", "undetermined")]),
        ("教案.doc", word([]), [("has-text", "“教案.doc”里没有文字", "fail")]),
        ("教案.doc", word([*PLAN, "扫码加微信"]), [("advertising", "“教案.doc”里有网址、电话或像广告的话：第 8 段“扫码”；第 8 段“加微信”", "needs a person")]),
    ],
    ids=["one section short", "none known", "locked", "new and locked", "Word 95", "cut off", "no document", "empty", "advertising"],
)  # fmt: skip
def test_an_old_document_is_told_for_what_it_is(
    tmp_path: Path, name: str, data: bytes, expected: list[tuple[str, str, str]]
) -> None:
    assert said(write(tmp_path / name, data), "plan") == expected


@pytest.mark.clause("C1", "C2")
def test_an_old_deck_tells_its_slides_films_maps_and_programs(tmp_path: Path) -> None:
    path = write(
        tmp_path / "课件.dps", deck([["中国的地形", "看地图"], ["小结"]], film="D:\\素材\\实验.avi", macros=True)
    )
    media = probe(path)
    names = ("type", "slides", "apart", "maps", "credits", "macros", "encrypted")
    assert {name: media[name] for name in names} == {
        "type": "ppt", "slides": 2, "apart": [{"place": 1, "target": "实验.avi", "outside": True}], "maps": [1],
        "credits": [], "macros": True, "encrypted": False,
    }  # fmt: skip
    assert [rule for rule, _, _ in said(path, "slides")] == ["slides-media", "macros-slides", "slides-maps"]
    assert said(write(tmp_path / "好.ppt", deck([["标题"], ["小结"]])), "slides") == []
    assert said(write(tmp_path / "锁.ppt", deck([["标题"]], locked=True)), "slides") == [
        ("slides-open", "课件“锁.ppt”设了密码，打不开", "fail")
    ]


def test_an_old_workbook_is_read_as_exercises(tmp_path: Path) -> None:
    path = write(tmp_path / "练习.et", book(["25+36=", "口算练习"], calls=True))
    media = probe(path)
    assert (media["type"], media["text_chars"], media["outside"]) == ("xls", 10, [{"what": "sheet", "target": ""}])
    assert [rule for rule, _, _ in said(path, "exercises")] == ["outside"]
    assert probe(write(tmp_path / "锁.xls", book(["a"], locked=True)))["encrypted"] is True


@pytest.mark.skipif(not shutil.which("antiword"), reason="antiword is not installed: another reader to compare with")
def test_another_reader_finds_the_same_text(tmp_path: Path) -> None:
    shown = [line.lstrip("#|") for line in PLAN if line[0] not in "~-"]
    path = write(tmp_path / "a.doc", word([line for line in PLAN if line[0] not in "~-"]))
    text = subprocess.run(["antiword", "-m", "UTF-8.txt", "-w", "0", str(path)], capture_output=True, check=True).stdout
    assert "".join(text.decode().replace("|", "").split()) == "".join(shown)
    assert probe(path)["text_chars"] == len("".join(shown))
