"""Side by side: what this lesson's film shows and what another's does, for whoever decides about originality."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from appliance.catalog import lessons
from appliance.model import Lesson, Material
from appliance.reports import evidence
from web import box

_OTHERS = 3  # lessons whose pictures stand beside ours
_MOMENTS = 3  # pairs of pictures of one other lesson
_SAMPLED = "contact"

Others = list[dict[str, Any]]


def pictures(db: Database, lesson: Lesson, others: Others) -> list[list[dict[str, Any]]]:
    """For each of the first few lessons with the same pictures: some of them, ours and theirs."""
    shown = [one for one in others if one["no"] and one["moments"]][:_OTHERS]
    return [rows for one in shown if (rows := _moments(lesson, lessons.by_no(db, one["no"]), one))]


def _moments(lesson: Lesson, other: Lesson, row: dict[str, Any]) -> list[dict[str, Any]]:
    for mine in (one for one in lesson.materials if one.name == row["file"]):
        for film in other.materials:
            found = [
                {"mine": mine, "other": other, "film": film, **one}
                for one in evidence.side_by_side(mine, film, row["moments"])
                if _there(mine, one["here"]) and _there(film, one["there"])
            ]
            if found:
                each = max(len(found) // _MOMENTS, 1)
                return found[each // 2 :: each][:_MOMENTS]
    return []


def sheets(db: Database, lesson: Lesson, others: Others) -> list[list[tuple[Lesson, Material]]]:
    """For each of the first few other lessons: the sampled pictures of its films beside ours, where they are there."""
    numbers = list(dict.fromkeys(one["no"] for one in others if one["no"] and one["no"] != lesson.no))[:_OTHERS]
    mine = _sampled(lesson)
    theirs = [_sampled(lessons.by_no(db, no)) for no in numbers]
    return [[*mine[:1], *other[:1]] for other in theirs if mine and other]


def _sampled(lesson: Lesson) -> list[tuple[Lesson, Material]]:
    return [(lesson, one) for one in lesson.materials if _there(one, _SAMPLED)]


def _there(film: Material, name: str) -> bool:
    return box.station().evidence().path(film.sha256, name) is not None
