"""课例详情: one lesson with its materials, problems, decisions and history; what may be decided now."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from appliance.catalog import decisions, events, lessons, pages, scans
from appliance.errors import NotAllowed, WrongUse
from appliance.selection import checklist, records
from appliance.selection import decide as deciding
from appliance.selection.scans import asked
from web import auth, box
from web.pages import BY_NAME, SELECTORS

page = Blueprint("lesson", __name__)


@page.get("/lessons/<int:no>")
def show(no: int) -> str:
    db = box.db()
    edition = box.edition()
    lesson = lessons.by_no(db, no)
    # Approval has its own page, where the answers are checked first.
    choices = [d for d in deciding.allowed(lesson, auth.user().role) if d.kind != "approve"]
    return render_template(
        BY_NAME["lesson"].template,
        lesson=lesson,
        card=pages.lesson_cards(db, [no])[0],
        choices=choices,
        decisions=decisions.of_lesson(db, no),
        history=events.about(db, f"lesson/{no}"),
        deliveries=pages.deliveries_of_lesson(db, no),
        titles={kind: d.title for kind, d in deciding.DECISIONS.items()} | {"waive": "说明理由后放行"},
        may_mend=auth.user().role in SELECTORS and lesson.state not in lessons.SEALED,
        open_items=sum(one.open or one.refused for one in checklist.of_lesson(db, edition, lesson)),
        records=records.told(db, no, edition),
        scans=scans.of_lesson(db, no),
        asked=asked(edition),
        edition=edition,
    )


@page.post("/lessons/<int:no>/decide")
def decide(no: int) -> Response:
    kind, reason = request.form.get("kind", ""), request.form.get("reason", "")
    if kind not in deciding.DECISIONS:
        raise WrongUse("没有这种决定")
    if auth.user().role not in deciding.DECISIONS[kind].roles:
        raise NotAllowed(f"您的角色不能{deciding.DECISIONS[kind].title}")
    profile = box.station().settings.profile_of(lessons.by_no(box.db(), no).identity)
    deciding.decide(box.catalog(), no, kind, auth.user().name, reason[:500], profile, box.edition())
    if kind == "approve":
        return make_response(redirect(url_for("approval.show"), 303))
    return make_response(redirect(url_for("lesson.show", no=no), 303))


@page.post("/lessons/<int:no>/record")
def record(no: int) -> Response:
    auth.require(SELECTORS)
    form, user = request.form, auth.user()
    kind, value, note = form.get("kind", ""), form.get("value", ""), form.get("note", "")
    records.write_down(box.catalog(), box.edition(), no, kind, value, note, user.name, user.role)
    return make_response(redirect(url_for("lesson.show", no=no), 303))


@page.post("/lessons/<int:no>/waive")
def waive(no: int) -> Response:
    auth.require(SELECTORS)
    form = request.form
    profile = box.station().settings.profile_of(lessons.by_no(box.db(), no).identity)
    name = auth.user().name
    rule, material, reason = form.get("rule", ""), form.get("material", ""), form.get("reason", "")[:500]
    deciding.waive(box.catalog(), no, rule, material, name, reason, profile)
    return make_response(redirect(url_for("lesson.show", no=no), 303))
