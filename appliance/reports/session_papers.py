"""Papers of a trial session (试讲场次): lot sheet, score sheets with QR, summary with the ranking."""

from __future__ import annotations

from typing import Any

from appliance.catalog import Catalog, panels, sessions
from appliance.errors import NotAllowed
from appliance.reports.paper import paper, qr
from appliance.selection import draw, levels, rubric, sheet, tablet, terms, trial
from appliance.selection.recusal import refresh


def lots(catalog: Catalog, session: int) -> str:
    """Raises `NotFound`, `NotAllowed` before the draw."""
    row = sessions.by_id(catalog.db, session)
    if not row["seed"]:
        raise NotAllowed("这一场还没有抽签", remedy="请先当场抽签")
    titles = {str(each["no"]): each["title"] for each in sessions.lessons_of(catalog.db, session)}
    drawn = [{"no": no, "lot": lot, "title": titles[no]} for no, lot in draw.draw(titles, row["seed"])]
    return paper("lots", f"{row['name']}抽签单", session=row, seed=row["seed"], lots=drawn, recipe=draw.RECIPE)


def score_sheets(catalog: Catalog, session: int) -> str:
    """One page for each judge and lesson, none where the judge is recused. Teacher and school are not on it: judges
    do not see them. The QR says session, lesson and judge. Raises `NotFound`."""
    with catalog.writing() as db:
        row = sessions.by_id(db, session)
        refresh(db, session)
        recusals = panels.recusals_of(db, session)
    scale, how = rubric.from_data(row["rubric"]), terms.from_data(row["terms"])
    schools, inside = panels.schools(catalog.db)[0], sessions.lessons_of(catalog.db, session)
    pages: list[dict[str, Any]] = []
    for judge in panels.everybody_of(catalog.db, session):
        if judge["replaced_by"]:
            continue
        for lesson in inside:
            if judge["name"] in sheet.recused_judges(recusals, lesson["no"]):
                continue
            code = f"{session}-{lesson['no']}-{judge['seat']}"
            pages.append(
                {**tablet.blind(lesson, schools), "judge": judge["name"], "code": code, "qr": qr(f"LB-SCORE {code}")}
            )
    names = [item.name for item in scale.items if item.id in scale.left_out]
    return paper(
        "score_sheet", f"{row['name']}评分表", session=row, words={one.id: levels.of_weight(one.weight, how) for one in scale.used}, rubric=scale, items=scale.used, left=names, step=how.step,
        most=sum(item.weight for item in scale.used), sheets=pages,
    )  # fmt: skip


def ranking(catalog: Catalog, session: int) -> str:
    """Raises `NotFound`, `NotAllowed` before the session is closed."""
    data = trial.ranking(catalog, session)
    table = cells(data)
    for row in data["result"]:
        row["cells"] = table[row["no"]]
    overrides = [one for one in data["input"]["recusals"] if one["kind"] == "override"]
    lessons = {one["no"]: one for one in data["input"]["lessons"]}
    given = data["input"]
    left = [one["name"] for one in given["rubric"]["items"] if one["id"] in given["rubric"]["left_out"]]
    return paper(
        "ranking", f"{given['session']['name']}评分汇总", **data, lessons=lessons, overrides=overrides, left=left,
        counted=terms.told(terms.from_data(given["terms"])),
    )  # fmt: skip


def cells(data: dict[str, Any]) -> dict[int, dict[str, dict[str, Any]]]:
    """{lesson: {judge: {total, dropped, recused}}} of a ranking; `total` "" where there is none."""
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for row in data["result"]:
        totals = {one["judge"]: one for one in row["judges"]}
        recused = {one["judge"] for one in row["recused"]}
        found[row["no"]] = {
            judge: {
                "total": totals.get(judge, {}).get("total", ""), "dropped": totals.get(judge, {}).get("dropped", ""),
                "recused": judge in recused,
            }
            for judge in data["input"]["judges"]
        }  # fmt: skip
    return found
