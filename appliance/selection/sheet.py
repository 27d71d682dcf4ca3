"""The ranking of a session, computed from one plain JSON object and nothing else: what `rank --json` prints as
`input` is enough for anybody to compute `result` again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from appliance.selection import rubric, terms
from appliance.selection.ranking import Ballot, Place, Standing, number, rank
from appliance.selection.rubric import Points, Rubric
from appliance.selection.scoring import Outcome, exact, half_up, mean, score
from appliance.selection.terms import Terms

FORMAT, VERSION = "lessonbox-ranking-input", 1

Sheets = Mapping[str, Points]  # {judge: points}


def result(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a lesson, in order of rank."""
    how = terms.from_data(data["terms"])
    scale = rubric.from_data(data["rubric"])
    sheets = {lesson["no"]: valid_sheets(data, lesson["no"]) for lesson in data["lessons"]}
    standings = {no: standing(no, each, scale, how) for no, each in sheets.items()}
    ballots = [
        Ballot(vote["id"], frozenset(vote["among"]), {one["judge"]: one["lesson"] for one in vote["choices"]})
        for vote in data["votes"]
    ]
    places = rank([*standings.values()], how, ballots)
    return [_row(place, standings[place.no].outcome, data, how) for place in places]


def standing(no: int, sheets: Sheets, scale: Rubric, how: Terms) -> Standing:
    outcome = score({judge: scale.total(points) for judge, points in sheets.items()}, how)
    subtotals = {tie.name: _subtotal(sheets, scale, tie.groups) for tie in how.ties if tie.kind == "groups"}
    return Standing(no, outcome, subtotals)


def _subtotal(sheets: Sheets, scale: Rubric, groups: Sequence[str]) -> Fraction | None:
    each = [scale.subtotal(points, groups) for points in sheets.values()]
    known = [value for value in each if value is not None]
    return mean(known) if known else None


def valid_sheets(data: Mapping[str, Any], no: int) -> dict[str, dict[str, Decimal]]:
    """Each judge's newest sheet for a lesson; none of a judge who is recused from it."""
    recused = recused_judges(data["recusals"], no)
    newest: dict[str, Mapping[str, Any]] = {}
    for one in sorted(data["scores"], key=lambda one: one["version"]):
        if one["lesson"] == no and one["judge"] not in recused:
            newest[one["judge"]] = one
    return {
        judge: {item: Decimal(value) for item, value in one["items"].items()} for judge, one in sorted(newest.items())
    }


def recused_judges(recusals: Sequence[Mapping[str, Any]], no: int) -> dict[str, str]:
    """{judge: reasons}. An override (by two persons) lifts what was recorded before it, not what comes after."""
    standing: dict[str, list[str]] = {}
    for one in sorted(recusals, key=lambda one: one["id"]):
        if one["lesson"] == no and one["kind"] == "override":
            standing.pop(one["judge"], None)
        elif one["lesson"] == no:
            standing.setdefault(one["judge"], []).append(one["reason"])
    return {judge: "；".join(reasons) for judge, reasons in standing.items()}


def _row(place: Place, outcome: Outcome, data: Mapping[str, Any], how: Terms) -> dict[str, Any]:
    lesson = next(one for one in data["lessons"] if one["no"] == place.no)
    recused = recused_judges(data["recusals"], place.no)
    missing = _missing(data, outcome, recused)
    row = {
        "rank": place.rank, "shared": place.shared, "no": place.no, "title": lesson["title"],
        "score": None if outcome.score is None else str(half_up(outcome.score, how.decimals)),
        "exact": None if outcome.score is None else exact(outcome.score),
        "judges": [_judge(judge, outcome, how) for judge in outcome.totals],
        "recused": [{"judge": judge, "reason": reason} for judge, reason in sorted(recused.items())],
        "not_scored": sorted(missing),
        "ties": [{"name": s.name, "values": {str(no): v for no, v in s.values.items()}, "says": s.says}
                 for s in place.steps],
    }  # fmt: skip
    return {**row, "says": _says(row, outcome, how)}


def _missing(data: Mapping[str, Any], outcome: Outcome, recused: Mapping[str, str]) -> list[str]:
    """Who should have scored and did not. A judge who left and the one who came are one: either score will do."""
    heirs: Mapping[str, str] = data.get("replaced", {})
    settled = {judge for judge in data["judges"] if judge in outcome.totals}
    for judge in data["judges"]:
        while judge in settled and judge in heirs:
            judge = heirs[judge]
            settled.add(judge)
    return [judge for judge in data["judges"] if judge not in settled | set(recused) | set(heirs)]


def _judge(judge: str, outcome: Outcome, how: Terms) -> dict[str, str]:
    dropped = "最高" if judge == outcome.highest else "最低" if judge == outcome.lowest else ""
    total = outcome.totals[judge]
    return {
        "judge": judge, "total": str(half_up(total, how.decimals)), "exact": exact(total), "dropped": dropped,
    }  # fmt: skip


def _says(row: Mapping[str, Any], outcome: Outcome, how: Terms) -> str:
    many = len(outcome.totals)
    if outcome.score is None:
        return f"只有 {many} 位评委的有效评分，少于 {how.least_judges} 位，不计成绩"
    place = f"{'并列' if row['shared'] else ''}第 {row['rank']} 名，{number(outcome.score, how.decimals)} 分"
    if not outcome.highest:
        return f"{place}：{many} 位评委的平均分"
    high, low = (f"{one} {number(outcome.totals[one], how.decimals)}" for one in (outcome.highest, outcome.lowest))
    return f"{place}：{many} 位评委，去掉最高分（{high}）和最低分（{low}），{many - 2} 位平均"
