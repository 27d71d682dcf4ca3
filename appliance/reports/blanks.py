"""空白模板 (A3): the documents of a lesson with the edition's sections as headings, as docx.

Written as the few parts that a docx needs, so that nothing is in it but what is meant. Each heading stands on its
own and has an empty place below; whoever writes under every heading passes the section rules.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from appliance.rules.edition import Edition

_NUMERALS = "一二三四五六七八九十"
_DATE = (1980, 1, 1, 0, 0, 0)  # the same edition gives the same bytes
_COMMON = ("课名", "学科", "年级", "教材版本", "册次", "课时", "主讲教师", "学校")
_DECLARED = "本课例为作者原创，引用的材料已注明出处；出镜学生的监护人已同意使用肖像。作者签字：　　　　日期："


@dataclass(frozen=True)
class Blank:
    """`id` stands in the address, `name` is the file's. `rows` are the labels of the table above the headings."""

    id: str
    title: str
    category: str
    headings: tuple[str, ...]
    rows: tuple[str, ...]
    name: str


def blanks(edition: Edition) -> list[Blank]:
    """A blank for each document with required sections; then those for which the edition only has headings of its
    own, and its plain tables."""
    wanted = {key: tuple(section.name for section in sections) for key, sections in edition.sections.items()}
    for role, headings in edition.aliases.get("blank_headings", {}).items():
        for category, asked in edition.materials.items():
            if any(row.role == role for row in asked):
                wanted.setdefault((category, role), tuple(headings))
    found = [_blank(edition, category, role, headings) for (category, role), headings in wanted.items()]
    tables = edition.aliases.get("blank_rows", {})
    return [*found, *(_table_only(edition.role_name(role), role, tuple(rows)) for role, rows in tables.items())]


def _table_only(title: str, role: str, rows: tuple[str, ...]) -> Blank:
    return Blank(role.replace("_", "-"), title, "", (), rows, f"{title}.docx")


def _blank(edition: Edition, category: str, role: str, headings: tuple[str, ...]) -> Blank:
    title, kind = edition.role_name(role), edition.categories[category]
    return Blank(f"{category}-{role}".replace("_", "-"), title, category, headings, _COMMON, f"{kind}-{title}.docx")


def docx(blank: Blank) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*_PARTS, ("word/document.xml", _document(blank))):
            archive.writestr(zipfile.ZipInfo(name, _DATE), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _document(blank: Blank) -> str:
    body = "".join((_paragraph(blank.title, "Title"), _table(blank.rows), *_headed(blank.headings)))
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="851" w:footer="851" w:gutter="0"/></w:sectPr>'
    return f'{_XML}<w:document xmlns:w="{_W}"><w:body>{body}{page}</w:body></w:document>'


def _headed(headings: Sequence[str]) -> Iterator[str]:
    for number, heading in enumerate(headings):
        yield _paragraph(f"{_NUMERALS[number]}、{heading}", "Heading1") + _paragraph("") + _paragraph("")


def _paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{look}{run}</w:p>"


def _table(labels: Sequence[str]) -> str:
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in _SIDES)
    rows = "".join(f"<w:tr>{_cell(label, 2200)}{_cell(_filled(label), 6870)}</w:tr>" for label in labels)
    grid = '<w:tblGrid><w:gridCol w:w="2200"/><w:gridCol w:w="6870"/></w:tblGrid>'
    look = f'<w:tblPr><w:tblW w:w="9070" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}{grid}{rows}</w:tbl>{_paragraph('')}"


def _filled(label: str) -> str:
    return _DECLARED if label == "原创声明" else ""


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
