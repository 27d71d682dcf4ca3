"""平台填报单: one page a lesson, its fields in the order in which they are typed into the platform (data of the
edition), and the files to upload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from appliance.catalog import Catalog, lessons, records, rosters
from appliance.model import Lesson
from appliance.reports.paper import paper
from appliance.roster.names import nodes_of
from appliance.rules.edition import Edition

_MB = 1_000_000


def entry_sheets(catalog: Catalog, edition: Edition, numbers: Sequence[int]) -> str:
    """Raises `NotFound`."""
    nodes = rosters.lines(catalog.db, "nodes")
    found = [lessons.by_no(catalog.db, no) for no in numbers]
    heads = edition.selection["entry_sheet"]["fields"]
    sheets = [
        {
            "no": one.no,
            "rows": list(_rows(heads, values(one, edition, nodes) | _records(catalog, one.no, edition))),
            "files": _files(one, edition),
        }
        for one in found
    ]
    return paper("entry_sheet", "平台填报单", sheets=sheets)


def values(lesson: Lesson, edition: Edition, nodes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What is known of a lesson, by the Chinese names that sheets and the edition use."""
    identity = lesson.identity
    stage = edition.stages.get(identity.stage, "")
    found = nodes_of(identity, stage, nodes)
    return {
        "课例号": str(lesson.no), "类别": edition.categories.get(identity.category, ""), "学段": stage,
        "年级": identity.grade, "学科": identity.subject, "教材版本": identity.textbook, "册次": identity.volume,
        "课名": identity.title, "课时数": str(identity.periods), "主讲教师": identity.teacher,
        "作者": "、".join(identity.authors) or identity.teacher, "学校": identity.school,
        "特教类型": edition.special_kinds.get(identity.special_kind, ""),
        "目录节点": found[0] if len(found) == 1 else "",
    }  # fmt: skip


def _records(catalog: Catalog, no: int, edition: Edition) -> dict[str, str]:
    """What was written down of the lesson, by its title."""
    known = {row["kind"]: row["value"] for row in records.of_lesson(catalog.db, no)}
    return {row["title"]: known.get(row["kind"], "") for row in edition.selection["records"]["kinds"]}


def _rows(heads: Sequence[str], known: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(head, known.get(head, "")) for head in heads]


def _files(lesson: Lesson, edition: Edition) -> list[dict[str, Any]]:
    return [
        {
            "role": edition.role_name(one.role), "period": one.period, "name": one.name.rpartition("/")[2],
            "size": f"{one.size / _MB:.1f} MB", "sha256": one.sha256,
        }
        for one in lesson.materials
    ]  # fmt: skip
