"""Papers to be signed: filled with the lesson's data, or blank; rare characters and many authors have their place."""

from __future__ import annotations

import re

import pytest

from appliance.catalog import Catalog
from appliance.reports import signing
from appliance.station import Station
from tests.selection.sessions import EDITION, lesson


def words(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


@pytest.mark.clause("G8")
def test_the_declaration_names_the_lesson_and_has_a_line_for_each_author(station: Station, catalog: Catalog) -> None:
    no = lesson(catalog, "教师㼆")
    with catalog.writing() as db:
        db.execute("update lesson set authors = ? where no = ?", ['["教师㼆", "教师䶮", "教师𠮷<b>"]', no])
    page = signing.declarations(station, [no])
    for said in ("教师㼆的课", "示例第一小学", "没有抄袭", "放在网络平台上", "教师𠮷&lt;b&gt;", "学校意见（公章）"):
        assert said in words(page)
    assert (page.count("<svg"), page.count("<tbody><tr>"), page.count("<tr><td><bdi>教师")) == (1, 1, 3)


@pytest.mark.clause("G8")
def test_the_consent_is_signed_by_a_guardian_and_stays_with_the_school(station: Station, catalog: Catalog) -> None:
    page = words(signing.consents(station, [lesson(catalog, "教师甲")]))
    for said in ("监护人签名", "不满十四周岁", "随时要求停止使用", "不随课例上报"):
        assert said in page


def test_without_a_lesson_they_are_blank_and_have_no_code() -> None:
    for made in (signing.declaration(EDITION), signing.consent(EDITION)):
        assert ("<svg" in made, made.count('<section class="sheet">')) == (False, 1)
