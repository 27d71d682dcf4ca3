"""Documents that nobody made by mistake: whatever the bytes, a look ends with an answer, and nothing passes by default.

Quick examples run always, many in `make fuzz`. What walks zip, XML and OLE without a foreign parser is called in
this process, where a crash or a hang shows; `probe` runs it all, PDFium included, in its child.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from appliance.model import Verdict
from appliance.probes import probe
from appliance.probes.documents import office, ole
from appliance.probes.slides import films
from appliance.rules import engine
from appliance.rules.load import load
from tests.probes.pdf_maker import pdf
from tests.rules.samples import complete, with_media
from tests.samples.deck_maker import deck, set_in, stated, typed_deck
from tests.samples.documents import one_table, slides
from tests.samples.ole_maker import book, word

EDITION = load("2024")
PRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
SECTIONS = [("教学目标", ["理解分数的含义。"]), ("教学内容", ["认识几分之一。"]), ("教学过程", ["引入、操作、小结。"])]
LINES = [line for name, below in SECTIONS for line in (f"#{name}", *below)]
# Where as a share of the file (or of its largest part, unpacked), what is done there, with what.
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1), st.sampled_from(("write", "put in", "zeros", "cut", "repeat")), st.binary(min_size=1, max_size=24)
    ),
    min_size=1, max_size=4,
)  # fmt: skip
NAMES = ("a.docx", "a.pptx", "a.xlsx", "a.doc", "a.ppt", "b.ppt", "a.xls", "a.pdf")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("sound")
    one_table("分数", SECTIONS, folder / "a.docx")
    slides("分数", SECTIONS, folder / "a.pptx")
    sheet = Workbook()
    sheet.active["A1"] = "25+36="
    sheet.save(str(folder / "a.xlsx"))
    made = {name: (folder / name).read_bytes() for name in NAMES[:3]}
    plain = [line.lstrip("#") for line in LINES]
    boxes = [(1, "把一个月饼平均分", set_in((4, 0), (5, 18))), (4, "下课铃响了", b"")]
    typed = typed_deck(boxes, {1: stated(32, 28)}, free=stated(18))
    old = {"a.doc": word(LINES), "a.ppt": deck([["分数"]]), "b.ppt": typed, "a.xls": book(["25+36="])}
    return made | old | {"a.pdf": pdf(plain)}


def changed(data: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    work = bytearray(data)
    for where, what, value in changes:
        at = int(where * len(work))
        if what == "cut":
            del work[at:]
        elif what == "put in":
            work[at:at] = value
        elif what == "repeat":
            work[at:at] = work[at : at + 300] * len(value)
        else:
            new = bytes(len(value) * 40) if what == "zeros" else value
            work[at : at + len(new)] = new[: max(0, len(work) - at)]
    return bytes(work)


def harmed(data: bytes, changes: list[tuple[float, str, bytes]], within: bool) -> bytes:
    """`within`: the largest part of an archive is changed and packed again, so that the change reaches its XML."""
    if not (within and data.startswith(b"PK")):
        return changed(data, changes)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        xml = [one for one in old.infolist() if one.filename.endswith("1.xml") or "document.xml" in one.filename]
        chosen = max(xml, key=lambda one: one.file_size).filename
        for one in old.infolist():
            body = old.read(one)
            new.writestr(one.filename, changed(body, changes) if one.filename == chosen else body)
    return packed.getvalue()


def _walks(examples: int) -> Callable[[Any], Any]:
    def test(sound: dict[str, bytes]) -> None:
        @settings(max_examples=examples, deadline=5000, suppress_health_check=PRESSED, derandomize=True)
        @given(st.sampled_from(NAMES[:-1]), CHANGES, st.booleans())
        def check(name: str, changes: list[tuple[float, str, bytes]], within: bool) -> None:
            data = harmed(sound[name], changes, within)
            for look in (office.look, films.look) if name.endswith("x") else (ole.look,):
                assert isinstance(look(io.BytesIO(data), len(data)), dict)

        check()

    return test


def _probes(examples: int) -> Callable[[Any], Any]:
    def test(sound: dict[str, bytes], tmp_path: Path) -> None:
        @settings(max_examples=examples, deadline=120_000, suppress_health_check=PRESSED, derandomize=True)
        @given(st.sampled_from(NAMES), CHANGES, st.booleans())
        def check(name: str, changes: list[tuple[float, str, bytes]], within: bool) -> None:
            path = tmp_path / name
            path.write_bytes(harmed(sound[name], changes, within))
            media = probe(path)
            findings = engine.check(with_media(complete(), "plan", media, name=name), EDITION)
            if engine.verdict(findings) == Verdict.PASS:
                assert media["whole"]["ok"] and media["text_chars"] > 0 and "undetermined" not in media, media
                assert not media.get("cut") and not media.get("encrypted") and media["headings"], media

        check()

    return test


test_no_change_of_bytes_stops_what_walks_documents = pytest.mark.clause("D1")(_walks(80))
test_no_change_of_bytes_stops_what_walks_documents_many = pytest.mark.slow(_walks(5000))
test_a_changed_document_passes_only_when_it_was_read = pytest.mark.clause("D1")(_probes(6))
test_a_changed_document_passes_only_when_it_was_read_many = pytest.mark.slow(_probes(400))
