"""检索: one box; filters with the number of lessons that each would show."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance.catalog import pages, search
from appliance.model import Verdict
from appliance.rules.edition import Edition
from web import box, words
from web.pages import BY_NAME
from web.paging import ROWS, asked

TITLES = {
    "verdict": "检查结果", "state": "进度", "category": "类别", "stage": "学段", "subject": "学科", "school": "学校",
}  # fmt: skip

page = Blueprint("search", __name__)


@page.get("/search")
def show() -> Response | str:
    """A whole receipt number goes straight to its delivery: that is what a scanned slip types."""
    query = request.args.get("q", "").strip()
    if query and (no := pages.delivery_by_receipt(box.db(), query)):
        return redirect(url_for("delivery.show", no=no), 303)
    chosen = {name: request.args[name] for name in search.FILTERS if request.args.get(name)}
    paging = asked()
    rows, total = search.search(box.db(), query, chosen, ROWS, paging.offset)
    counts = search.counts(box.db(), query, chosen)
    filters = [(name, TITLES[name], _named(name, counts[name])) for name in TITLES]
    return render_template(
        BY_NAME["search"].template, q=query, chosen=chosen, rows=rows, paging=paging.of(total), filters=filters
    )


def _named(name: str, counts: list[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """(value, how it is called, count); values that are not known yet cannot be chosen."""
    edition = box.edition()
    return [(value, _name(name, value, edition), n) for value, n in counts if value]


def _name(filter_name: str, value: str, edition: Edition) -> str:
    if filter_name == "verdict":
        return words.VERDICTS[Verdict(value)].text
    if filter_name == "state":
        return words.word("lesson", value).text
    names = {"category": edition.categories, "stage": edition.stages}.get(filter_name, {})
    return names.get(value, value)
