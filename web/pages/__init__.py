"""Every page is a row of PAGES: its address, Chinese title, who may see it, and whether the menu shows it.

Menu, role checks, the title on the screen and the contract tests come from here. Adding a page is one file
`web/pages/<name>.py` with a blueprint `page`, one folder `web/templates/<name>/`, one row.
"""

from __future__ import annotations

from dataclasses import dataclass

ALL = frozenset({"clerk", "approver", "technician"})
SELECTORS = frozenset({"clerk", "approver"})
APPROVER = frozenset({"approver"})
TECHNICIAN = frozenset({"technician"})
PUBLIC: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Page:
    """`name`: of the blueprint; its module, template folder and icon are called so too, unless said otherwise.
    `path` may hold `<int:no>`. `roles` empty: seen without signing in."""

    name: str
    path: str
    title: str
    roles: frozenset[str]
    menu: bool = False

    @property
    def endpoint(self) -> str:
        return f"{self.name}.show"

    @property
    def module(self) -> str:
        return f"web.pages.{self.name}"

    @property
    def template(self) -> str:
        return f"{self.name}/show.html"


PAGES = (
    Page("desk", "/", "收件台", ALL, menu=True),
    Page("deliveries", "/deliveries", "投递记录", ALL),
    Page("delivery", "/deliveries/<int:no>", "投递详情", ALL),
    Page("search", "/search", "检索", ALL, menu=True),
    Page("lesson", "/lessons/<int:no>", "课例详情", ALL),
    Page("evidence", "/lessons/<int:no>/evidence", "证据与核对", ALL),
    Page("original", "/materials/<int:no>", "看原件", SELECTORS),
    Page("mend", "/lessons/<int:no>/mend", "更正课例", SELECTORS),
    Page("missing", "/missing", "缺件一览", ALL, menu=True),
    Page("approval", "/approvals", "审批", APPROVER, menu=True),
    Page("answers", "/approvals/<int:no>", "核对并审批", APPROVER),
    Page("upstream", "/upstream", "上报", ALL, menu=True),
    Page("receipt", "/receipts/<int:no>", "回执详情", ALL),
    Page("publicity", "/publicity", "公示", SELECTORS, menu=True),
    Page("roster", "/rosters", "名册", ALL, menu=True),
    Page("rules", "/rules", "规则与量表", ALL, menu=True),
    Page("doctor", "/doctor", "体检", TECHNICIAN, menu=True),
    Page("journal", "/journal", "日志", APPROVER | TECHNICIAN, menu=True),
    Page("users", "/users", "用户", TECHNICIAN, menu=True),
    Page("account", "/account", "修改密码", ALL),
    Page("school_codes", "/school-codes", "交件码", frozenset({"clerk", "technician"}), menu=True),
    Page("help", "/help", "帮助", ALL, menu=True),
    Page("hand_in", "/hand-in", "投递", PUBLIC),
    Page("packer", "/packer", "学校打包器", PUBLIC),
    Page("judge", "/judge", "评委打分", PUBLIC),
    Page("certificates", "/certificates", "证书", SELECTORS),
    Page("verify", "/verify", "证书查验", PUBLIC),
    Page("showcase", "/showcase", "展播", PUBLIC),
    Page("notice", "/notice", "公示名单", PUBLIC),
    Page("templates", "/templates", "模板", PUBLIC),
    Page("login", "/login", "登录", PUBLIC),
    Page("setup", "/setup", "首次设置", PUBLIC),
)

BY_NAME = {page.name: page for page in PAGES}


def menu_for(role: str) -> list[Page]:
    return [page for page in PAGES if page.menu and role in page.roles]
