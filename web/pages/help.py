"""帮助: what the manual says of the page from which one came; every word and sign that the screens use, from the same
tables; what to do when something is red."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from web import auth, big_state, words
from web.help import manual, markdown
from web.pages import BY_NAME, GROUPS, PAGES, Page

page = Blueprint("help", __name__)

BIG = (
    (big_state.WAITING, "可以插入学校的 U 盘"),
    (big_state.COPYING, "不要拔 U 盘。进度按字节走，旁边写着还要几分钟"),
    (big_state.REMOVABLE, "资料已经存好并读回核对，可以拔出 U 盘"),
    (big_state.TROUBLE, "看下面写的原因。已经收到的文件不会丢"),
)
MEANINGS = {
    "合格": "自动检查没有发现要改的地方", "退回补正": "有必须改的问题，课例检查通知单上逐条写着怎么改",
    "待人工": "有的地方盒子判断不了，请人看一看再决定", "待检查": "刚收到，盒子正在检查",
}  # fmt: skip
FATES = {
    "已收": "文件已存好", "已收过": "与以前收过的内容完全相同，回执号不变",
    "已隔离": "文件打不开或不完整，原样保留，没有算作材料", "未收": "系统文件、快捷方式等，不是材料",
}  # fmt: skip
CELLS = {
    "齐": "要交的都有了", "缺": "必须交的还没有", "不完整": "来过一个拷了一半的文件，请重新拷",
    "以后补": "现在可以先不交，定为人选后要补", "可不交": "交不交都可以", "现在不用交": "这一阶段不收",
}  # fmt: skip


@page.get("/help")
def show() -> str:
    verdicts = [(word, MEANINGS[word.text]) for word in words.VERDICTS.values()]
    fates = [(word, FATES[word.text]) for word in words.FATES.values()]
    about = BY_NAME.get(request.args.get("about", ""))
    return render_template(
        BY_NAME["help"].template, about=about, told=_told(about) if about else "", groups=_groups(), big=BIG,
        events=markdown.html(manual.events(), _picture), verdicts=verdicts, fates=fates,
        cells=[(word, CELLS[word.text]) for word in words.CELLS.values()], lessons=list(words.LESSONS.values()), bundles=list(words.BUNDLES.values()),
    )  # fmt: skip


def _told(about: Page) -> Markup:
    return markdown.html(manual.of_page(about.title), _picture)


def _groups() -> list[tuple[str, list[Page]]]:
    """The pages that this role may see, by the part of the work that they belong to."""
    role = auth.user().role
    names = [*(group.name for group in GROUPS), ""]
    found = [(name, [page for page in PAGES if page.group == name and page.seen_by(role)]) for name in names]
    return [(name or "盒子本身", pages) for name, pages in found if pages]


def _picture(path: str) -> str:
    return url_for("static", filename=path)
