"""规则与量表: the rules in force here with their reasons, and 试查: what other rules would make of this year's lessons."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, render_template, request

from appliance.errors import BoxError, WrongUse
from appliance.intake.dry_run import dry_run
from appliance.rules import compare, load, local
from appliance.rules.edition import Edition
from web import box, words
from web.pages import BY_NAME

LARGEST = 100_000  # bytes of a file with local rules

page = Blueprint("rules", __name__)


@page.get("/rules")
def show() -> str:
    return _page()


@page.post("/rules")
def try_out() -> str | tuple[str, int]:
    """Nothing is written: the lessons are judged in memory by what was measured of them before."""
    now = box.edition()
    try:
        other = _other(now)
        rows = list(dry_run(box.db(), box.station().settings.profile_of, now, other))
    except BoxError as error:
        return _page(error=error), 400
    return _page(tried={"rows": rows, "edition": other, "same": other.hash == now.hash})


def _other(now: Edition) -> Edition:
    name = request.form.get("edition", "") or now.id
    sent = request.files.get("overlay")
    text = sent.read(LARGEST + 1) if sent else b""
    if len(text) > LARGEST:
        raise WrongUse("地方规则文件太大", remedy="请核对选的文件")
    texts = ((f"试加-{(sent.filename or '') if sent else ''}", text),) if text else ()
    return local.in_force(name, box.station().folder("editions"), texts=texts)


def _page(tried: dict[str, Any] | None = None, error: BoxError | None = None) -> str:
    edition = box.edition()
    base = load.load(edition.id)
    return render_template(
        BY_NAME["rules"].template,
        edition=edition,
        changes=[compare.sentence(row) for row in compare.differences(base, edition)] if edition.layers else [],
        editions={name: load.load(name).title for name in _names()},
        needs=compare.NEEDS, applies=compare.applies_in_words, value=compare.value_in_words, blank=_blank,
        severities=words.SEVERITIES, roles=words.role, tried=tried, error=error,
    )  # fmt: skip


def _names() -> list[str]:
    return sorted((path.name for path in load.EDITIONS.iterdir() if load.known(path.name)), reverse=True)


def _blank(sentence: str) -> str:
    """A sentence of a rule, before a check fills in its numbers."""
    return re.sub(r"\{\w+\}", "…", sentence)
