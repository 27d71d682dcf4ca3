"""How the slip looks on its two papers: A4 from the office printer, 80 mm from the receipt printer."""

from __future__ import annotations

_COMMON = """
* { box-sizing: border-box; }
body { font: 11pt/1.6 "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; color: #000; margin: 0 auto; }
h1 { font-size: 18pt; margin: 0 0 4mm; text-align: center; }
h2 { font-size: 13pt; margin: 6mm 0 2mm; border-bottom: 1px solid #000; display: flex; justify-content: space-between; gap: 3mm; }
h3 { font-size: 11pt; margin: 3mm 0 1mm; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #000; padding: 1mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { width: 24mm; font-weight: 600; white-space: nowrap; }
ol { margin: 0; padding-left: 7mm; }
li { margin: 0 0 2mm; break-inside: avoid; overflow-wrap: anywhere; }
.top { display: flex; gap: 4mm; align-items: flex-start; }
.mark { text-align: center; font-size: 9pt; line-height: 1.3; }
.mark svg { width: 24mm; height: 24mm; display: block; }
.fix { display: block; }
.how { display: block; font-size: 9.5pt; }
.how ol { padding-left: 6mm; }
.how li { margin: 0; }
.clause { float: right; font-size: 9pt; margin-left: 3mm; }
.verdict { font-weight: 700; white-space: nowrap; }
.first, .again { border: 1px solid #000; padding: 1mm 2mm; font-weight: 700; }
section { break-inside: auto; }
footer { margin-top: 8mm; font-size: 9pt; }
bdi { unicode-bidi: isolate; }
"""
_PAPERS = {
    "a4": """
@page { size: A4; margin: 18mm 16mm; }
body { max-width: 178mm; }
""",
    # Receipt paper has no end; the driver cuts where the text ends. 72 mm of the 80 can be printed on.
    "80": """
@page { size: 80mm 297mm; margin: 2mm 4mm; }
body { max-width: 72mm; font-size: 9.5pt; line-height: 1.4; }
h1 { font-size: 13pt; margin-bottom: 2mm; }
h2 { font-size: 11pt; margin-top: 3mm; display: block; }
h2 .verdict { display: block; }
h3 { font-size: 10pt; }
th { width: 17mm; }
th, td { padding: 0.5mm 1mm; border-left: 0; border-right: 0; }
ol { padding-left: 5mm; }
.top { display: block; }
.mark svg { margin: 1mm auto; }
footer { margin-top: 3mm; padding-bottom: 8mm; }
""",
}
PAPERS = {"a4": "A4 纸", "80": "80 毫米小票"}


def style(paper: str) -> str:
    return _COMMON + _PAPERS.get(paper, _PAPERS["a4"])
