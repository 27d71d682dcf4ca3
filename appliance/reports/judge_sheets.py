"""评委打分单: what each judge gave, as the box holds it, to be read over and signed by the judge. After the lock only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from appliance.catalog import Catalog, panels, scores, sessions
from appliance.errors import NotAllowed
from appliance.reports.paper import paper
from appliance.selection import rubric, sheet, tablet
from appliance.selection.levels import plain


def judge_sheets(catalog: Catalog, session: int) -> str:
    """One sheet for each judge or observer who scored anything; of versions the newest. Teacher and school are not on
    it. Raises `NotFound`, `NotAllowed` before the session is closed."""
    db = catalog.db
    row, lock = sessions.by_id(db, session), sessions.locked(db, session)
    if lock is None:
        raise NotAllowed(f"第 {session} 场还没有结束，结束以前不看分", remedy="请先结束这一场")
    scale = rubric.from_data(row["rubric"])
    newest = {(one["judge"], one["lesson"]): one for one in scores.of_session(db, session)}
    schools, recusals = panels.schools(db)[0], panels.recusals_of(db, session)
    inside = [tablet.blind(one, schools) for one in sessions.lessons_of(db, session)]
    away = {one["no"]: sheet.recused_judges(recusals, one["no"]) for one in inside}
    people = [one for one in panels.everybody_of(db, session) if one["name"] in {judge for judge, _ in newest}]
    pages = [
        {"judge": one["name"], "observer": one["kind"] == panels.OBSERVER,
         "rows": [_row(each, newest.get((one["name"], each["no"])), scale, away[each["no"]].get(one["name"], ""))
                  for each in inside]}
        for one in people
    ]  # fmt: skip
    names = [item.name for item in scale.items if item.id in scale.left_out]
    return paper(
        "judge_sheets", f"{row['name']}评委打分单", session=row, pages=pages, items=scale.used, left=names, lock=lock,
        most=sum(item.weight for item in scale.used),
    )  # fmt: skip


def _row(lesson: dict[str, Any], score: dict[str, Any] | None, scale: rubric.Rubric, why: str) -> dict[str, Any]:
    """`points`: as given, by item, [] when this judge did not score the lesson. `why`: a recusal's reason."""
    if score is None or why:
        return {**lesson, "points": [], "sum": "", "comment": "", "reason": "", "why": why}
    points = {item.id: Decimal(score["items"][item.id]) for item in scale.used}
    return {
        **lesson, "points": [plain(points[item.id]) for item in scale.used], "sum": plain(sum(points.values(), Decimal())),
        "comment": score["comment"], "reason": score["reason"], "why": "",
    }  # fmt: skip
