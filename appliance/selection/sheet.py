"""The ranking of a session, computed from one plain JSON object and nothing else: what `rank --json` prints as
`input` is enough for anybody to compute `result` again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from appliance.selection import rubric, terms
from appliance.selection.ranking import Ballot, Place, Standing, number, rank
from appliance.selection.rubric import Points, Rubric
from appliance.selection.scoring import Outcome, exact, half_up, score
from appliance.selection.terms import Terms

FORMAT, VERSION = "lessonbox-ranking-input", 1

Sheets = Mapping[str, Points]  # {judge: points}


def result(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a lesson, in order of rank."""
    how = terms.from_data(data["terms"])
    scale = rubric.from_data(data["rubric"])
    recused = recused_by_lesson(data["recusals"])
    sheets = valid_sheets(data, recused)
    outcomes = {
        no: score({judge: scale.total(points) for judge, points in each.items()}, how) for no, each in sheets.items()
    }
    ballots = [
        Ballot(vote["id"], frozenset(vote["among"]), {one["judge"]: one["lesson"] for one in vote["choices"]})
        for vote in data["votes"]
    ]
    equal = Counter(outcome.score for outcome in outcomes.values())
    standings = [
        Standing(no, outcome, _subtotals(sheets[no], scale, how) if equal[outcome.score] > 1 else {})
        for no, outcome in outcomes.items()
    ]
    lessons = {lesson["no"]: lesson for lesson in data["lessons"]}
    return [
        _row(place, outcomes[place.no], data, how, lessons[place.no], recused.get(place.no, {}))
        for place in rank(standings, how, ballots)
    ]


def _subtotals(sheets: Sheets, scale: Rubric, how: Terms) -> dict[str, Fraction | None]:
    """What the tie chain compares; asked only of lessons whose scores are equal."""
    return {tie.name: _subtotal(sheets, scale, tie.groups) for tie in how.ties if tie.kind == "groups"}


def _subtotal(sheets: Sheets, scale: Rubric, groups: Sequence[str]) -> Fraction | None:
    """The mean over all valid sheets; None when the session leaves these groups out, or nobody scored."""
    whole = scale.subtotal_of([*sheets.values()], groups)
    return whole / len(sheets) if whole is not None and sheets else None


def valid_sheets(
    data: Mapping[str, Any], recused: Mapping[int, Mapping[str, str]]
) -> dict[int, dict[str, dict[str, Decimal]]]:
    """{lesson: {judge: points}}: each judge's newest sheet; none of a judge who is recused from the lesson."""
    newest: dict[tuple[int, str], Mapping[str, Any]] = {}
    for one in sorted(data["scores"], key=lambda one: one["version"]):
        newest[one["lesson"], one["judge"]] = one
    found: dict[int, dict[str, dict[str, Decimal]]] = {lesson["no"]: {} for lesson in data["lessons"]}
    for (no, judge), one in sorted(newest.items(), key=lambda pair: pair[0]):
        if judge not in recused.get(no, {}):
            found[no][judge] = {item: Decimal(value) for item, value in one["items"].items()}
    return found


def recused_by_lesson(recusals: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, str]]:
    """{lesson: {judge: reasons}} of what stands."""
    rows: dict[int, list[Mapping[str, Any]]] = {}
    for one in recusals:
        rows.setdefault(one["lesson"], []).append(one)
    return {no: recused_judges(each, no) for no, each in rows.items()}


def recused_judges(recusals: Sequence[Mapping[str, Any]], no: int) -> dict[str, str]:
    """{judge: reasons}. An override (by two persons) lifts what was recorded before it, not what comes after."""
    standing: dict[str, list[str]] = {}
    for one in sorted(recusals, key=lambda one: one["id"]):
        if one["lesson"] == no and one["kind"] == "override":
            standing.pop(one["judge"], None)
        elif one["lesson"] == no:
            standing.setdefault(one["judge"], []).append(one["reason"])
    return {judge: "；".join(reasons) for judge, reasons in standing.items()}


def _row(
    place: Place, outcome: Outcome, data: Mapping[str, Any], how: Terms, lesson: Mapping[str, Any],
    recused: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
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
