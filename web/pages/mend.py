"""更正课例: a wrong school, subject or kind of material is put right by picking; then the lesson is checked anew."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from sqlite_utils import Database
from werkzeug.wrappers import Response

from appliance import journal
from appliance.catalog import lessons, mending, pages, search
from appliance.errors import NotAllowed, WrongUse
from web import auth, box
from web.pages import BY_NAME

LONGEST = 120  # characters of a field
FIELDS = ("title", "teacher", "school", "category", "stage", "subject", "grade", "special_kind")

page = Blueprint("mend", __name__)


@page.get("/lessons/<int:no>/mend")
def show(no: int) -> str:
    return render_template(
        BY_NAME["mend"].template,
        lesson=lessons.by_no(box.db(), no),
        edition=box.edition(),
        schools=pages.schools(box.db()),
        sealed=pages.is_sealed({"state": lessons.by_no(box.db(), no).state}),
    )


@page.post("/lessons/<int:no>/mend")
def identity(no: int) -> Response:
    """Only what was changed is written, so that a field nobody touched keeps saying where it was read."""
    sent = {name: request.form[name].strip()[:LONGEST] for name in FIELDS if name in request.form}
    edition = box.edition()
    _known(sent.get("category", ""), edition.categories, "类别")
    _known(sent.get("stage", ""), edition.stages, "学段")
    _known(sent.get("special_kind", ""), edition.special_kinds, "特教类型")
    with box.catalog().writing() as db:
        here = _open_lesson(db, no).identity
        changed = {name: value for name, value in sent.items() if value != getattr(here, name)}
        if changed:
            mending.set_identity(db, no, changed, auth.user().name)
            _changed(db, no, "mend", changed)
    return make_response(redirect(url_for("lesson.show", no=no), 303))


@page.post("/lessons/<int:no>/materials/<int:material>")
def assign(no: int, material: int) -> Response:
    role, period = request.form.get("role", ""), request.form.get("period", "1")
    _known(role, box.edition().roles, "材料类别")
    if not (period.isascii() and period.isdecimal() and 1 <= int(period) <= 20):
        raise WrongUse("课时要在 1 到 20 之间")
    with box.catalog().writing() as db:
        _open_lesson(db, no)
        mending.assign(db, no, material, role, int(period))
        _changed(db, no, "assign", {"material": material, "role": role, "period": int(period)})
    return make_response(redirect(url_for("mend.show", no=no, _anchor=f"m{material}"), 303))


def _open_lesson(db: Database, no: int) -> lessons.Lesson:
    lesson = lessons.by_no(db, no)
    if lesson.state in lessons.SEALED:
        raise NotAllowed("审批通过以后不能再改", remedy="需要改时请审批人先重新打开这节课例")
    return lesson


def _changed(db: Database, no: int, kind: str, data: dict) -> None:
    search.index(db, no)
    mending.queue_check(db, no)
    journal.append(db, kind, f"lesson/{no}", data, actor=auth.user().name)


def _known(value: str, names: object, what: str) -> None:
    if value and value not in names:  # type: ignore[operator]
        raise WrongUse(f"没有这种{what}")
