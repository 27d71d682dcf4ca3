"""submission.json: what the county says about the lesson, beside the files. Pure.

Real names stand here (payload names are stable ASCII, so that a re-cut video is the same file to rsync): the
shown name, and the bytes as they were given.
"""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from appliance.model import Lesson, Material
from appliance.settings import Settings


def payload_names(materials: Sequence[Material], film: Collection[str]) -> list[tuple[Material, str]]:
    """A stable path for each: the same role and period keep their path from version to version. `film`: the
    edition's roles of finished videos, which are sent last."""
    taken: set[str] = set()
    named = []
    for material in sorted(materials, key=lambda m: (m.role, m.period, m.name, m.sha256)):
        path, number = _path(material, 1, film), 1
        while path in taken:
            number += 1
            path = _path(material, number, film)
        taken.add(path)
        named.append((material, path))
    return named


def _path(material: Material, number: int, film: Collection[str]) -> str:
    again = f"-{number}" if number > 1 else ""
    if material.role in film:
        return f"data/video/lesson-{material.period}{again}.{_extension(material.name, 'mp4')}"
    role = re.sub(r"[^a-z0-9_]", "", material.role.lower()) or "other"
    return f"data/docs/{role}-{material.period}{again}.{_extension(material.name, 'bin')}"


def _extension(name: str, otherwise: str) -> str:
    found = re.search(r"\.([A-Za-z0-9]{1,8})\Z", name)
    return found.group(1).lower() if found else otherwise


def document(
    settings: Settings, lesson: Lesson, named: Sequence[tuple[Material, str]], raw: Mapping[int, bytes],
    check: Mapping[str, Any] | None, decisions: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    """`raw`: {material id: given name as bytes}; `check`: the newest check run with its findings."""
    identity = dataclasses.asdict(lesson.identity)
    return {
        "format": "lessonbox-submission", "version": 1,
        "station": {"code": settings.code, "name": settings.name, "level": settings.level},
        "lesson": identity | {"no": lesson.no, "revision": lesson.revision, "phase": lesson.phase},
        "edition": {"id": check["edition"], "hash": check["edition_hash"]} if check else {},
        "verdict": lesson.verdict or "",
        "findings": [dataclasses.asdict(finding) for finding in check["findings"]] if check else [],
        "decisions": [_decision(row) for row in decisions],
        "scores": [],
        "materials": [_material(material, path, raw) for material, path in named],
    }  # fmt: skip


def _decision(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("kind", "by_user", "reason", "at", "clock", "before", "after")}


def _material(material: Material, path: str, raw: Mapping[int, bytes]) -> dict[str, Any]:
    given = raw.get(material.id, material.name.encode("utf-8", "surrogateescape"))
    return {
        "path": path, "role": material.role, "period": material.period, "sha256": material.sha256,
        "size": material.size, "name": material.name.encode("utf-8", "replace").decode(),
        "raw": base64.b64encode(given).decode(),
    }  # fmt: skip
