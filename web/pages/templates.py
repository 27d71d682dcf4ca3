"""模板: blank documents with the headings that the year's rules ask for. Schools take them without signing in."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from appliance.reports import signing
from appliance.reports.blanks import blanks, docx
from web import box, printed
from web.pages import BY_NAME
from web.pages.packer import handed

page = Blueprint("templates", __name__)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page.get("/templates")
def show() -> str:
    edition = box.edition()
    titles = [*edition.categories.items(), ("", "各类课例")]
    groups = [(title, [one for one in blanks(edition) if one.category == category]) for category, title in titles]
    return render_template(BY_NAME["templates"].template, groups=groups, edition=edition)


@page.get("/templates/sign/<name>")
def to_sign(name: str) -> Response:
    """Blank ones; filled in with the lesson's data they are on 报送材料."""
    made = {"declaration": signing.declaration, "consent": signing.consent}.get(name)
    if made is None:
        abort(404)
    return printed.answer(made(box.edition()))


@page.get("/templates/<id>")
def blank(id: str) -> Response:
    found = next((one for one in blanks(box.edition()) if one.id == id), None)
    if found is None:
        abort(404)
    return handed(docx(found), found.name, _DOCX)
