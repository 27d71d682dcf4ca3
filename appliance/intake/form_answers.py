"""What a 申报表 says of the facts that somebody must write down (E2): read where it is certain, else left to people.

A form lists all answers with boxes, of which one is ticked; or one answer is typed. Anything else says nothing. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from appliance.model import Material
from appliance.rules.edition import Edition

_TICKED, _EMPTY = "☑", "□"
# A tick by itself, in brackets or instead of a box; a box or brackets with nothing in them.
_MARKS = (
    (re.compile(r"[（(\[【][√✓✔☑☒xX][)）\]】]|[√✓✔☑☒■●◉]"), _TICKED),
    (re.compile(r"[（(\[【][)）\]】]|[□☐○◯]"), _EMPTY),
)


def answered(category: str, materials: Sequence[Material], edition: Edition) -> dict[str, tuple[str, str]]:
    """{kind of record: (value, the file that says so)}; where two forms disagree, nothing."""
    found: dict[str, tuple[str, str]] = {}
    for row in edition.selection["records"]["kinds"]:
        if "read" not in row or row.get("category", category) != category:
            continue
        said = {
            value: material.name
            for material in materials if material.role == row["read"]["role"]
            for one in material.media.get("answers", ()) if one["label"] == row["read"]["label"]
            if (value := chosen(one["text"], row["values"]))
        }  # fmt: skip
        if len(said) == 1:
            found[row["kind"]] = next(iter(said.items()))
    return found


def chosen(text: str, values: Sequence[str]) -> str:
    """The one of `values` that the text ticks, or the only one that it names; "" when that is not certain."""
    for shape, mark in _MARKS:
        text = shape.sub(mark, re.sub(r"\s+", "", text))
    named = sorted((text.find(value), value) for value in values if value in text)
    if _TICKED not in text and _EMPTY not in text:
        return named[0][1] if len(named) == 1 and text.startswith(named[0][1]) else ""
    if not named:
        return ""
    (first, _), (last, behind) = named[0], named[-1]
    before = text[:first].endswith((_TICKED, _EMPTY))  # do the marks stand before the answers or behind them?
    if before == text[last + len(behind) :].startswith((_TICKED, _EMPTY)):
        return ""
    ticked = [value for _, value in named if (f"{_TICKED}{value}" if before else f"{value}{_TICKED}") in text]
    return ticked[0] if len(ticked) == 1 else ""
