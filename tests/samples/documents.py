"""docx and pptx in the layouts that teachers really use. Each layout is `(title, sections, path)`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from pptx import Presentation
from pptx.util import Inches, Pt

from tests.samples.texts import Section

NUMERALS = "一二三四五六七八九十"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_V = "urn:schemas-microsoft-com:vml"


def one_table(title: str, sections: list[Section], path: Path) -> None:
    """The whole plan is one big table: head rows with several cells, then heading left and text right."""
    document = Document()
    document.add_paragraph(title)
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("课题", title, "课型", "新授"), strict=True):
        cell.text = text
    for heading, lines in sections:
        cells = table.add_row().cells
        cells[0].text = heading
        cells[1].merge(cells[3]).text = "\n".join(lines)
    document.save(str(path))


def heading_styles(title: str, sections: list[Section], path: Path) -> None:
    document = Document()
    document.add_heading(title, level=0)
    for heading, lines in sections:
        document.add_heading(heading, level=1)
        for line in lines:
            document.add_paragraph(line)
    document.save(str(path))


def numbered_lines(title: str, sections: list[Section], path: Path) -> None:
    """一、二、三 in bold plain paragraphs, no style at all."""
    document = Document()
    document.add_paragraph().add_run(title).bold = True
    for number, (heading, lines) in zip(NUMERALS, sections, strict=False):
        document.add_paragraph().add_run(f"{number}、{heading}").bold = True
        for line in lines:
            document.add_paragraph(f"    {line}")
    document.save(str(path))


def bracket_headings(title: str, sections: list[Section], path: Path) -> None:
    """【教学目标】 and the text behind it in the same paragraph."""
    document = Document()
    document.add_paragraph(title)
    for heading, lines in sections:
        document.add_paragraph(f"【{heading}】{lines[0] if lines else ''}")
        for line in lines[1:]:
            document.add_paragraph(line)
    document.save(str(path))


def text_boxes(title: str, sections: list[Section], path: Path) -> None:
    """Each section floats in a VML text box, as in decorated templates: body paragraphs hold only the title."""
    document = Document()
    document.add_paragraph(title)
    for heading, lines in sections:
        inner = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (heading, *lines))
        box = (
            f'<w:r xmlns:w="{_W}" xmlns:v="{_V}"><w:pict><v:shape style="width:400pt;height:120pt">'
            f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
        document.add_paragraph()._p.append(parse_xml(box))
    document.save(str(path))


def slides(title: str, sections: list[Section], path: Path) -> None:
    """课件: 16:9, a title slide, then one slide a section."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = title
    for heading, lines in sections:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = heading
        frame = slide.placeholders[1].text_frame
        frame.text = "\n".join(lines)
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(28)
    deck.save(str(path))


LAYOUTS: dict[str, Callable[[str, list[Section], Path], None]] = {
    "table": one_table,
    "headings": heading_styles,
    "numbered": numbered_lines,
    "brackets": bracket_headings,
    "boxes": text_boxes,
}
