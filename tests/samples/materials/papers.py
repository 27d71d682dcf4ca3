"""Documents and decks with something special about them; the plain layouts are in `tests.samples.documents`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from PIL import Image
from pptx import Presentation
from pptx.util import Inches, Pt

from tests.probes.pdf_maker import pdf
from tests.samples import deck_maker, ole_maker
from tests.samples.documents import heading_styles
from tests.samples.materials import clips, harms
from tests.samples.texts import Section, plan

Make = Callable[[Path], None]
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OTHER_WORDS = {"教学目标": "核心素养目标", "教学内容": "教材分析", "教学过程": "教学流程"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def renamed(sections: list[Section]) -> list[Section]:
    """The same plan under the names that many teachers use."""
    return [(_OTHER_WORDS.get(heading, heading), lines) for heading, lines in sections]


def prose(path: Path) -> None:
    """Long paragraphs only: what is required may be in them, no heading says so."""
    document = Document()
    for _, lines in plan(clips.WORDS):
        document.add_paragraph("，".join(lines) * 3)
    document.save(str(path))


def deleted_section(path: Path) -> None:
    """教学目标 stands there, but as deleted text of a tracked change."""
    heading_styles("分数的初步认识", plan(clips.WORDS)[1:], path)
    document = Document(str(path))
    gone = f'<w:p xmlns:w="{_W}"><w:del w:id="1" w:author="x"><w:r><w:delText>教学目标</w:delText></w:r></w:del></w:p>'
    document.paragraphs[0]._p.addnext(parse_xml(gone))
    document.save(str(path))


def empty(path: Path) -> None:
    Document().save(str(path))


def only_pictures(path: Path) -> None:
    document = Document()
    data = io.BytesIO()
    Image.new("RGB", (600, 800), "#dddddd").save(data, "PNG")
    document.add_picture(data, width=Inches(5))
    document.save(str(path))


def pdf_of(sections: list[Section]) -> Make:
    """The text set line by line; no section: a page without text."""
    lines = [line for heading, texts in sections for line in (heading, *texts)]
    return lambda path: path.write_bytes(pdf(lines)) and None


def with_macro(make: Make) -> Make:
    return _with_part(make, "word/vbaProject.bin", _OLE + bytes(504))


def _with_part(make: Make, name: str, data: bytes) -> Make:
    def made(path: Path) -> None:
        make(path)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, data)

    return made


def with_dtd(make: Make) -> Make:
    """An office file never has one honestly."""

    def made(path: Path) -> None:
        make(path)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        body = parts["word/document.xml"]
        at = body.index(b"<w:document")
        parts["word/document.xml"] = body[:at] + b'<!DOCTYPE x [<!ENTITY e "x">]>' + body[at:]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return made


def locked(path: Path) -> None:
    path.write_bytes(ole_maker.ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}))


def old(sections: list[Section]) -> Make:
    """A .doc (a .wps is the same): each heading a paragraph of its own, numbered."""
    lines = []
    for number, (heading, texts) in enumerate(sections):
        lines += [f"{'一二三四五六七八'[number]}、{heading}", *texts]
    return lambda path: path.write_bytes(ole_maker.word(lines)) and None


def old_deck(path: Path) -> None:
    path.write_bytes(deck_maker.deck([["分数的初步认识"], ["平均分", "想一想"]]))


def with_outside_template(make: Make) -> Make:
    """A template that Word fetches from the network when it opens the file."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    row = f'<Relationship Id="rId1" Type="{kind}" Target="http://a.example.com/t.dotm" TargetMode="External"/>'
    head = "http://schemas.openxmlformats.org/package/2006/relationships"
    return _with_part(
        make, "word/_rels/settings.xml.rels", f'<Relationships xmlns="{head}">{row}</Relationships>'.encode()
    )


def deck_with_film(path: Path) -> None:
    """An AVI embedded: it plays only where its codec is installed."""
    film_path = path.with_suffix(".avi")
    clips.remux(film_path, "-c:a", "copy")
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.shapes.add_movie(str(film_path), 0, 0, Inches(4), Inches(3), mime_type="video/x-msvideo")
    slides.save(str(path))
    film_path.unlink()


def deck(*lines: str, size: int = 28, linked: bool = False) -> Make:
    """One slide a line; none: a deck without slides."""

    def make(path: Path) -> None:
        slides = Presentation()
        for line in lines:
            slide = slides.slides.add_slide(slides.slide_layouts[6])
            box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(8), Inches(2))
            run = box.text_frame.paragraphs[0].add_run()
            run.text, run.font.size = line, Pt(size)
            if linked:
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/video"
                slide.part.rels.get_or_add_ext_rel(kind, "file:///D:/素材/实验.mp4")
        slides.save(str(path))

    return make


def deck_of(*pictures: Image.Image) -> Make:
    """A slide for each picture, as wide as the slide."""

    def make(path: Path) -> None:
        slides = Presentation()
        for picture in pictures:
            jpeg = io.BytesIO()
            picture.save(jpeg, "JPEG", quality=80)
            slide = slides.slides.add_slide(slides.slide_layouts[6])
            slide.shapes.add_picture(jpeg, 0, 0, slides.slide_width)
        slides.save(str(path))

    return make


def film(path: Path) -> None:
    harms.harmed(clips.base(), lambda _: None, path)
