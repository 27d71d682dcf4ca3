"""Held against the form that the school's packer wrote: is what came what the school had?

1. The newest form that speaks of the lesson counts; the rules' findings are of what came, these of the way here.
2. A file that came with that form under a registered name and with other bytes was cut, harmed or changed on the way.
3. A registered file that is nowhere in the lesson did not come.
Both ask a person; what comes later without a form is not held against the old one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from appliance.catalog import forms
from appliance.intake.identify_form import MOST_BYTES, manifest_of, place_of
from appliance.model import Finding, Material, Outcome, Severity
from appliance.station import Station

FORM = "提交单.json"


def against_form(station: Station, db: Database, no: int, half: Sequence[Material]) -> list[Finding]:
    """`half`: half files of the lesson, which are told of already."""
    materials = forms.materials_with_delivery(db, no)
    told = {material.name.rpartition("/")[2] for material in half}
    for row in forms.of_lesson(db, no, FORM):
        if row["size"] > MOST_BYTES:
            continue
        manifest = manifest_of(station.store().path(row["sha256"]).read_bytes())
        registered = _best(manifest["lessons"] if manifest else [], materials)
        if registered:
            return [
                finding
                for finding in _differences(registered, materials, row["delivery"])
                if finding.material.rpartition("/")[2] not in told
            ]
    return []


def registered(station: Station, db: Database, no: int) -> set[str]:
    """SHA-256 of every file that the forms of this lesson speak of."""
    manifests = (
        manifest_of(station.store().path(row["sha256"]).read_bytes())
        for row in forms.of_lesson(db, no, FORM)
        if row["size"] <= MOST_BYTES
    )
    return {
        file["sha256"]
        for manifest in manifests
        for lesson in (manifest["lessons"] if manifest else [])
        for file in lesson["files"]
    }


def _best(lessons: Sequence[Mapping[str, Any]], materials: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The files of the registered lesson that shares the most with this one; none when nothing is shared."""
    hashes, names = {row["sha256"] for row in materials}, {row["name"] for row in materials}
    shared = [
        (sum((file["sha256"] in hashes) + (file["name"] in names) for file in lesson["files"]), lesson["files"])
        for lesson in lessons
    ]
    most, files = max(shared, key=lambda pair: pair[0], default=(0, []))
    return files if most else []


def _differences(
    registered: Sequence[Mapping[str, Any]], materials: Sequence[Mapping[str, Any]], delivery: int
) -> list[Finding]:
    left = {at: (row["name"], row["sha256"], row["size"]) for at, row in enumerate(materials)}
    found = []
    for file in registered:
        at = place_of(file, left)
        if at is None:
            found.append(_missing(file["name"]))
            continue
        name, sha256, _ = left.pop(at)
        if file["sha256"] not in ("", sha256) and materials[at]["delivery"] == delivery:
            found.append(_changed(name, sha256, file["sha256"]))
    return found


def _changed(name: str, came: str, registered: str) -> Finding:
    return Finding(
        "form-content", "", Severity.ERROR, Outcome.PERSON, name, f"指纹 {came[:8]}", f"指纹 {registered[:8]}",
        f"“{name.rpartition('/')[2]}”和提交单登记的内容不一样，可能没有拷好，也可能后来改过",
        "请学校从原来的电脑再拷一次；后来改过的，用打包器重新写一份提交单",
    )  # fmt: skip


def _missing(name: str) -> Finding:
    return Finding(
        "form-missing", "", Severity.WARNING, Outcome.PERSON, name, "没有收到", "提交单里有",
        f"提交单里有“{name.rpartition('/')[2]}”，没有收到", "请学校补交；不交的，用打包器重新写一份提交单",
    )  # fmt: skip
