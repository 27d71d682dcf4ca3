"""报送材料: the papers that go up with the lessons or stand behind them: 推荐汇总表 in the county's own workbook, entry
sheets, the contact form, and what is to be signed."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from appliance import journal
from appliance.catalog import lessons
from appliance.errors import SettingsWrong, WrongUse
from appliance.model import LessonState
from appliance.reports import going_up as reports
from appliance.reports import signing
from appliance.reports.contact import contact_form
from appliance.reports.county_workbook import MOST_BYTES, looked_at
from web import auth, box, printed
from web.pages import BY_NAME
from web.pages.packer import handed

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNED = (LessonState.CANDIDATE, LessonState.COMPLETE, *reports.GOES_UP)
_MOST = 1000

page = Blueprint("going_up", __name__)


@page.get("/going-up")
def show() -> str:
    template = reports.template_of(box.station())
    names = looked_at(template, reports.heads(box.edition())) if template.is_file() else None
    chosen = [row for state in _SIGNED for row in lessons.find(box.db(), state, limit=_MOST)]
    return render_template(
        BY_NAME["going_up"].template, names=names, heads=reports.heads(box.edition()), lessons=chosen,
        going=len(reports.going_up(box.db())),
    )  # fmt: skip


@page.get("/going-up/summary")
def summary() -> Response:
    return handed(reports.summary_of(box.station(), _numbers()), "推荐汇总表.xlsx", _XLSX)


@page.post("/going-up/template")
def template() -> AnyResponse:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise WrongUse("没有选文件", remedy="请先选一份 xlsx")
    data = given.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise WrongUse("这份表太大", remedy="请去掉图片，或另存一份空表")
    try:
        known, _ = reports.keep_template(box.station(), data)
    except SettingsWrong as error:
        raise WrongUse(error.what, effect="原来的表照旧用", remedy=error.remedy) from error
    with box.catalog().writing() as db:
        journal.append(db, "summary.template", "summary", {"names": known}, actor=auth.user().name)
    return make_response(redirect(url_for("going_up.show"), 303))


@page.get("/going-up/entry")
def entry() -> Response:
    return printed.answer(reports.entry_of(box.station(), _numbers()))


@page.get("/going-up/contact")
def contact() -> Response:
    return printed.answer(contact_form(box.station().home / "contact.toml"))


@page.get("/going-up/declaration")
def declaration() -> Response:
    return printed.answer(signing.declarations(box.station(), _numbers()))


@page.get("/going-up/consent")
def consent() -> Response:
    return printed.answer(signing.consents(box.station(), _numbers()))


def _numbers() -> list[int]:
    return [int(no) for no in request.args.getlist("lesson") if no.isascii() and no.isdecimal() and len(no) < 10]
