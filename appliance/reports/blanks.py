"""空白模板 (A3): the documents of a lesson with the edition's sections as headings, as docx.

Written as the few parts that a docx needs, so that nothing is in it but what is meant. Each heading stands on its
own and has an empty place below; whoever writes under every heading passes the section rules.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from appliance.rules.blank_forms import Blank, blanks, filled, headed

__all__ = ["Blank", "blanks", "docx"]
_DATE = (1980, 1, 1, 0, 0, 0)  # the same edition gives the same bytes


def docx(blank: Blank) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*_PARTS, ("word/document.xml", _document(blank))):
            archive.writestr(zipfile.ZipInfo(name, _DATE), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _document(blank: Blank) -> str:
    body = "".join((_paragraph(blank.title, "Title"), _table(blank.rows), *map(_heading, headed(blank))))
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="851" w:footer="851" w:gutter="0"/></w:sectPr>'
    return f'{_XML}<w:document xmlns:w="{_W}"><w:body>{body}{page}</w:body></w:document>'


def _heading(text: str) -> str:
    return _paragraph(text, "Heading1") + _paragraph("") + _paragraph("")


def _paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{look}{run}</w:p>"


def _table(labels: Sequence[str]) -> str:
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in _SIDES)
    rows = "".join(f"<w:tr>{_cell(label, 2200)}{_cell(filled(label), 6870)}</w:tr>" for label in labels)
    grid = '<w:tblGrid><w:gridCol w:w="2200"/><w:gridCol w:w="6870"/></w:tblGrid>'
    look = f'<w:tblPr><w:tblW w:w="9070" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}{grid}{rows}</w:tbl>{_paragraph('')}"


def _cell(text: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(text)}</w:tc>'


def _style(id_: str, name: str, size: int, more: str = "", above: str = "") -> str:
    font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"{" w:default=" + chr(34) + "1" + chr(34) if id_ == "Normal" else ""}>'
        f'<w:name w:val="{name}"/><w:qFormat/><w:pPr>{above}</w:pPr><w:rPr>{font}{more}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CENTRED = '<w:spacing w:after="240"/><w:jc w:val="center"/>'
_HEADED = '<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/>'
_PARTS = (
    ("[Content_Types].xml",
     f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
     f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'),
    ("_rels/.rels",
     f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'),
    ("word/_rels/document.xml.rels",
     f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'),
    ("word/styles.xml",
     f'{_XML}<w:styles xmlns:w="{_W}">{_style("Normal", "Normal", 24)}{_style("Title", "Title", 36, "<w:b/>", _CENTRED)}{_style("Heading1", "heading 1", 28, "<w:b/>", _HEADED)}</w:styles>'),
)  # fmt: skip
