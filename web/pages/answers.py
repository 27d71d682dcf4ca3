"""核对并审批: everything that one is about to put one's name to, on one page, with who approved before."""

from __future__ import annotations

from flask import Blueprint, render_template

from appliance.catalog import decisions, lessons, pages
from appliance.catalog import scans as stamped
from appliance.model import LessonState
from appliance.selection import checklist, scans
from web import auth, box
from web.pages import BY_NAME

page = Blueprint("answers", __name__)


@page.get("/approvals/<int:no>")
def show(no: int) -> str:
    db = box.db()
    lesson = lessons.by_no(db, no)
    approvals = decisions.standing_approvals(db, no, lessons.revision_of(db, no))
    edition = box.edition()
    items = checklist.of_lesson(db, edition, lesson)
    mine = any(row["by_user"] == auth.user().name for row in approvals)
    return render_template(
        BY_NAME["answers"].template,
        lesson=lesson,
        card=pages.lesson_cards(db, [no])[0],
        approvals=approvals,
        mine=mine,
        open=lesson.state == LessonState.COMPLETE,
        items=items,
        forbids=checklist.objection(items, edition) or scans.objection(db, edition, no),
        scans=stamped.of_lesson(db, no),
        asked=scans.asked(edition),
        answers=checklist.ANSWERS,
        edition=edition,
    )
