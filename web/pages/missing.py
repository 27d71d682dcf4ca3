"""缺件一览: which school still owes which material of which lesson; counts first, and a table for each category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request

from appliance.catalog import matrix, scans
from appliance.catalog.lessons import identity_of
from appliance.model import Phase
from appliance.rules.edition import Edition
from appliance.selection import missing
from appliance.selection import scans as stamped
from web import box, words
from web.pages import BY_NAME
from web.paging import asked

MOST = 300  # lessons on one page: it is also printed

page = Blueprint("missing", __name__)


@dataclass(frozen=True)
class Line:
    lesson: dict[str, Any]
    cells: dict[str, missing.Cell]

    @property
    def short(self) -> int:
        return sum(cell.short for cell in self.cells.values())


@dataclass(frozen=True)
class Table:
    """One category: its columns (role, name), its lines by school, how many files each column lacks."""

    title: str
    columns: list[tuple[str, str]]
    lines: list[Line]
    short: dict[str, int]


@page.get("/missing")
def show() -> str:
    edition = box.edition()
    chosen = {name: request.args[name] for name in matrix.FILTERS if request.args.get(name)}
    only = request.args.get("only") == "lacking"
    wanted = {category: stamped.of_category(edition, category) for category in edition.categories}
    there = scans.there(box.db())
    lines = [_line(row, edition, wanted, there.get(row["no"], set())) for row in matrix.lessons(box.db(), chosen)]
    shown = [line for line in lines if line.short or not only]
    paging = asked(MOST)
    return render_template(
        BY_NAME["missing"].template,
        tables=_tables(shown[paging.offset : paging.offset + MOST], edition),
        all=len(lines), lacking=sum(1 for line in lines if line.short), files=sum(line.short for line in lines),
        schools=len({line.lesson["school"] for line in lines if line.short}),
        unknown=sum(1 for line in lines if not line.cells),
        filters=_filters(edition), chosen=chosen, only=only, words_of=words.CELLS,
        paging=paging.of(len(shown)), edition=edition,
    )  # fmt: skip


def _line(
    row: dict[str, Any], edition: Edition, wanted: Mapping[str, Sequence[stamped.Scan]], scanned: set[str]
) -> Line:  # fmt: skip
    whole, half = missing.counts(row["whole"]), missing.counts(row["half"])
    found = missing.cells(edition, identity_of(row), Phase(row["phase"]), whole, half)
    if found:
        found += stamped.cells(wanted[row["category"]], scanned)
    return Line(row, {cell.role: cell for cell in found})


def _tables(lines: list[Line], edition: Edition) -> list[Table]:
    """The columns of a category: what anybody is asked for or has."""
    tables = []
    titles = {one.kind: one.title for one in stamped.asked(edition).values()}
    for category, title in [*edition.categories.items(), ("", "还不知道类别")]:
        mine = [line for line in lines if (line.lesson["category"] if line.cells else "") == category]
        if not mine:
            continue
        order = [asked.role for asked in edition.materials.get(category, ())] + [*titles]
        roles = [role for role in order if any(_worth_a_column(line, role) for line in mine)]
        short = Counter({role: sum(line.cells[role].short for line in mine) for role in roles})
        tables.append(
            Table(title, [(role, titles.get(role) or edition.role_name(role)) for role in roles], mine, short)
        )
    return tables


def _worth_a_column(line: Line, role: str) -> bool:
    cell = line.cells.get(role)
    return cell is not None and (cell.have > 0 or cell.state not in (missing.FREE, missing.NOT_ASKED))


def _filters(edition: Edition) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """(filter, its title, [(value, how it is called, how many lessons)])."""
    found = matrix.choices(box.db())
    named: dict[str, Mapping[str, str]] = {
        "category": edition.categories,
        "state": {state: word.text for state, word in words.LESSONS.items()},
    }
    titles = {"school": "学校", "category": "类别", "state": "进度"}
    return [
        (name, titles[name], [(value, named.get(name, {}).get(value, value), n) for value, n in found[name]])
        for name in matrix.FILTERS
    ]
