"""评分汇总: judge × lesson and how each rank came about, once the session is closed; votes among equals; the head's sheet."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from appliance.catalog import panels, scores, sessions
from appliance.errors import NotAllowed
from appliance.reports import session_papers
from appliance.reports.judge_sheets import judge_sheets
from appliance.selection import conferring, scoresheet, sheet, spread, terms, trial
from web import auth, box, printed
from web.numbers import numbers, whole
from web.pages import BY_NAME

page = Blueprint("results", __name__)


@page.get("/sessions/<int:no>/results")
def show(no: int) -> str:
    session = sessions.by_id(box.db(), no)
    if not sessions.locked(box.db(), no):
        return render_template("results/waiting.html", session=session)
    data = trial.ranking(box.catalog(), no)
    return render_template(
        BY_NAME["results"].template, session=session, data=data, cells=session_papers.cells(data),
        judges=[one["name"] for one in panels.everybody_of(box.db(), no) if one["kind"] == panels.JUDGE],
        lessons={one["no"]: one for one in data["input"]["lessons"]},
        equal=[_voters(data, group) for group in trial.equals(data["result"], data["input"]["terms"])],
        counted=terms.told(terms.from_data(data["input"]["terms"])),
        left=[one["name"] for one in session["rubric"]["items"] if one["id"] in session["rubric"]["left_out"]],
        overrides=[one for one in data["input"]["recusals"] if one["kind"] == "override"],
        observed=_observed(data, no), is_head=auth.user().name == session["head"],
    )  # fmt: skip


@page.post("/sessions/<int:no>/vote")
def vote(no: int) -> Answer:
    form = request.form
    among = numbers(form.getlist("among"))
    choices = {
        name.removeprefix("vote-"): whole(value) for name, value in form.items() if name.startswith("vote-") and value
    }
    scoresheet.vote(box.catalog(), no, among, choices, auth.user().name)
    return make_response(redirect(url_for("results.show", no=no, _anchor="ranking"), 303))


@page.get("/sessions/<int:no>/results/paper")
def paper(no: int) -> Response:
    return printed.answer(session_papers.ranking(box.catalog(), no))


@page.get("/sessions/<int:no>/results/judge-sheets")
def sheets(no: int) -> Response:
    return printed.answer(judge_sheets(box.catalog(), no))


@page.get("/sessions/<int:no>/results/input")
def download(no: int) -> Response:
    """Just what `rank --json` prints: enough for anybody to compute it again."""
    text = json.dumps(trial.ranking(box.catalog(), no), ensure_ascii=False, indent=2)
    answer = make_response(text)
    answer.mimetype = "application/json"
    answer.headers["Content-Disposition"] = f"attachment; filename=ranking-{no}.json"
    return answer


@page.get("/sessions/<int:no>/results/spread")
def by_judge(no: int) -> str:
    """For the head alone: of the first lessons while they are held, of all once the session is closed."""
    session = sessions.by_id(box.db(), no)
    if auth.user().name != session["head"]:
        raise NotAllowed("评委打分的松紧只给这一场的组长看")
    held = None if sessions.locked(box.db(), no) else conferring.side_by_side(box.db(), session, auth.user().name)
    result = (held or trial.ranking(box.catalog(), no))["result"]
    limits = box.edition().selection
    off, wide = (Decimal(limits[name]["value"]) for name in ("judge_off", "wide_lesson"))
    return render_template(
        "results/spread.html", session=session, rows=spread.judges(result, off), wide=spread.wide(result, wide),
        off=off, span=wide, held=held,
        totals=[(one["no"], {each["judge"]: each["total"] for each in one["judges"]}) for one in result],
    )  # fmt: skip


def _voters(data: dict[str, Any], group: set[int]) -> dict[str, Any]:
    """Who may vote among these equals; who is recused from one of them may not."""
    kept, away = data["input"]["recusals"], data["input"].get("replaced", {})
    recused = {name for no in group for name in sheet.recused_judges(kept, no)}
    return {
        "among": sorted(group),
        "judges": [j for j in data["input"]["judges"] if j not in recused and j not in away],
    }


def _observed(data: dict[str, Any], no: int) -> list[dict[str, Any]]:
    """Sheets of observers, which count nowhere."""
    counted = set(data["input"]["judges"])
    rows = {
        (row["judge"], row["lesson"]): row for row in scores.of_session(box.db(), no) if row["judge"] not in counted
    }
    return [
        {**row, "sum": sum((Decimal(value) for value in row["items"].values()), Decimal())}
        for _, row in sorted(rows.items())
    ]
