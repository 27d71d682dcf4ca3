"""帮助: the manual's own words for each page, with pictures that a command made, and nothing that could run."""

from __future__ import annotations

import re

import pytest

from tests.structure.tracked import ROOT
from tests.web.help_pictures import MOST_BYTES, PICTURES
from web.help import manual, markdown
from web.pages import BY_NAME, PAGES

SHOTS = ROOT / "web/static/help"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_is_told_of_in_its_own_words(page):
    assert len(manual.of_page(page.title)) > 10


def test_from_a_page_help_tells_of_that_page_first(visitor):
    clerk = visitor("clerk")
    assert 'href="/help?about=missing"' in clerk.get("/missing").get_data(as_text=True)
    text = clerk.get("/help?about=missing").get_data(as_text=True)
    assert text.index('<h2 id="about">缺件一览</h2>') < text.index("收件台上的大字")
    assert "/static/help/missing.png" in text
    assert '<h2 id="about">' not in clerk.get("/help?about=nothing").get_data(as_text=True)


def test_help_lists_only_pages_that_the_role_may_see(visitor):
    def listed(role: str) -> set[str]:
        return set(re.findall(r"/help\?about=(\w+)\"[^>]*>[^<]", visitor(role).get("/help").get_data(as_text=True)))

    assert {"users", "doctor"} <= listed("technician")
    assert not {"users", "doctor", "approval"} & listed("clerk")
    assert {"approval", "answers"} <= listed("approver")


def test_each_picture_is_shown_is_made_by_the_command_and_is_small():
    shown = set(re.findall(r"\.\./web/static/help/(\w+)\.png", manual.MANUAL.read_text()))
    files = {path.stem: path.stat().st_size for path in SHOTS.iterdir()}
    assert shown == set(files) == set(PICTURES)
    assert [name for name, size in files.items() if size > MOST_BYTES] == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一行\n又一行", "<p>一行又一行</p>"),
        ("- **甲**：`乙`\n- 丙", '<ul><li><strong>甲</strong>：<span class="code">乙</span></li><li>丙</li></ul>'),
        ("先看：\n1. 甲\n2. 乙", "<p>先看：</p>\n<ol><li>甲</li><li>乙</li></ol>"),
        ("见 [技术手册](技术手册.md)。", "<p>见 技术手册。</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        (
            "![台](../web/static/help/desk.png)",
            '<figure class="shot"><img src="/s/help/desk.png" alt="台" loading="lazy"></figure>',
        ),
        (
            "| 事 | 办 |\n|---|---|\n| 甲 | 乙 |",
            '<table><thead><tr><th scope="col">事</th><th scope="col">办</th></tr></thead>'
            "<tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>",
        ),
    ],
)
def test_the_manuals_markdown_becomes_what_a_browser_shows(text, html):
    assert str(markdown.html(text, lambda path: f"/s/{path}")) == html


def test_no_mark_of_markdown_is_left_on_the_page(visitor):
    clerk = visitor("clerk")
    for page in PAGES:
        text = clerk.get(f"/help?about={page.name}").get_data(as_text=True)
        told = text.partition('aria-labelledby="about"')[2].partition("</section>")[0]
        assert re.findall(r"\*\*|`|\]\(|^#|^\|", told, re.M) == [], page.title
    assert BY_NAME["help"].title == "帮助"


def test_each_picture_of_the_technicians_manual_is_there_and_small():
    shown = re.findall(r"^!\[[^\]]+\]\(([^)]+)\)$", (ROOT / "docs/技术手册.md").read_text(), re.M)
    assert len(shown) == len(set(shown)) >= 3
    assert {name: (ROOT / "docs" / name).stat().st_size <= 100_000 for name in shown} == dict.fromkeys(shown, True)
