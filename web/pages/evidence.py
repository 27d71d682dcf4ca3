"""证据与核对: what the probes saw, to look at; and the questions that only a person can answer."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, send_file, url_for
from sqlite_utils import Database
from werkzeug.wrappers import Response as Answer

from appliance.catalog import lessons, originals, pages, ticks
from appliance.intake import likeness
from appliance.model import Lesson, LessonState
from appliance.reports import alike, evidence, loudness
from appliance.selection import checklist
from web import auth, box, sides, viewing, words
from web.pages import BY_NAME, SELECTORS

ALIKE = "G8"  # the clause about originality: what is found alike stands beside its evidence

page = Blueprint("evidence", __name__)


@page.get("/lessons/<int:no>/evidence")
def show(no: int) -> str:
    db, edition = box.db(), box.edition()
    lesson = lessons.by_no(db, no)
    materials = [evidence.shown(one) for one in evidence.films_first(lesson.materials, edition)]
    kept = box.station().evidence()
    there = {(one.material.id, name) for one in materials for name, _, _ in one.pictures
             if kept.path(one.material.sha256, name)}  # fmt: skip
    if there:
        viewing.note("evidence.view", no)
    card = pages.lesson_cards(db, [no])[0]
    others = _others(db, lesson) if auth.user().role in SELECTORS else []
    return render_template(
        BY_NAME["evidence"].template,
        lesson=lesson,
        card=card,
        materials=materials,
        there=there,
        fields={
            one.material.id: evidence.card_fields(one.material, lesson.identity, edition)
            for one in materials
            if one.material.role in edition.film
        },
        reads=words.READS,
        alike=[each for each in card["findings"] if each["clause"] == ALIKE],
        others=others,
        pairs=sides.pictures(db, lesson, others),
        sides=sides.sheets(db, lesson, others),
        by_file=_by_file(card["findings"]),
        items=checklist.of_lesson(db, edition, lesson),
        ticks=ticks.of_lesson(db, no),
        answers=checklist.ANSWERS,
        may_tick=lesson.state not in {*lessons.SEALED, LessonState.REJECTED, LessonState.WITHDRAWN},
        edition=edition,
    )


def _others(db: Database, lesson: Lesson) -> list[dict[str, Any]]:
    """Whose lessons these are, for those who decide; no finding names them."""
    rows = likeness.known(db, lesson)
    return [
        {"file": row.material, "whose": row.whose, "no": row.lesson, "said": alike.said(row), "moments": row.moments}
        for row in rows
    ]


def _by_file(findings: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in findings:
        if each["material"] and each["clause"] != ALIKE:
            found.setdefault(each["material"], []).append(each)
    return found


@page.get("/lessons/<int:no>/evidence/<int:material>/<name>.jpg")
def picture(no: int, material: int, name: str) -> Response:
    row = _of_lesson(no, material)
    try:
        path = box.station().evidence().path(row["sha256"], name)
    except ValueError:
        abort(404)
    if path is None:
        abort(404)
    viewing.note("evidence.view", no)
    return make_response(send_file(io.BytesIO(path.read_bytes()), "image/jpeg"))


@page.get("/lessons/<int:no>/evidence/<int:material>/loudness.svg")
def curve(no: int, material: int) -> Response:
    row = _of_lesson(no, material)
    sound = row["media"].get("sound") or {}
    if not sound.get("curve"):
        abort(404)
    quiet, loud = evidence.band(box.edition(), lessons.by_no(box.db(), no).identity, row["role"])
    return Response(loudness.svg(sound, quiet, loud), mimetype="image/svg+xml")


def _of_lesson(no: int, material: int) -> dict[str, Any]:
    row = originals.by_id(box.db(), material)
    if row["lesson"] != no:
        abort(404)
    return row


@page.post("/lessons/<int:no>/tick")
def tick(no: int) -> Answer:
    form, user = request.form, auth.user()
    clause, answer = form.get("clause", ""), form.get("answer", "")
    checklist.tick(box.catalog(), no, clause, answer, form.get("remark", ""), user.name, box.edition(), user.role)
    return make_response(redirect(url_for("evidence.show", no=no, _anchor=f"c-{clause}"), 303))
