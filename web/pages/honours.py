"""历年结果: what became of lessons above, year by year, narrowed to a school or a teacher."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, render_template, request

from appliance.selection import records
from web import box
from web.pages import BY_NAME
from web.paging import asked

TITLES = {"year": "年度", "level": "哪一级", "school": "学校", "teacher": "教师"}
_WORDS = ("title", "teacher", "school", "value")

page = Blueprint("honours", __name__)
Rows = list[dict[str, str]]


@page.get("/honours")
def show() -> str:
    query = request.args.get("q", "").strip()[:60]
    chosen = {name: request.args[name] for name in TITLES if request.args.get(name)}
    found = [row for row in records.results(box.catalog(), box.edition()) if any(query in row[name] for name in _WORDS)]
    rows = _narrowed(found, chosen)
    paging = asked().of(len(rows))
    return render_template(
        BY_NAME["honours"].template, q=query, chosen=chosen, rows=rows[paging.offset : paging.offset + paging.rows],
        paging=paging, filters=[(name, title, _counts(found, chosen, name)) for name, title in TITLES.items()],
    )  # fmt: skip


def _narrowed(rows: Rows, chosen: dict[str, str]) -> Rows:
    return [row for row in rows if all(row[name] == value for name, value in chosen.items())]


def _counts(rows: Rows, chosen: dict[str, str], name: str) -> list[tuple[str, str, int]]:
    """(value, how it is called, how many choosing it would show), of what the other filters leave."""
    left = _narrowed(rows, {other: value for other, value in chosen.items() if other != name})
    return [(value, value, n) for value, n in Counter(row[name] for row in left).most_common() if value]
