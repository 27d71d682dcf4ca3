"""Every page is a row of PAGES: its address, Chinese title, who may see it, and whether the menu shows it.

Menu, role checks, the title on the screen and the contract tests come from here. The menu has a line of groups, by the
work of the day, and a line with the pages of the group where one is: two touches to every place. Adding a page is one file
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
class Group:
    """A part of the day's work; `icon` from `static/icons.svg`."""

    name: str
    icon: str


GROUPS = (
    Group("收件", "desk"), Group("审核", "approval"), Group("评选", "seal"), Group("上报", "upstream"),
    Group("管理", "users"), Group("对外", "publicity"),
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """`name`: of the blueprint; its module and template folder are called so too, unless said otherwise. `path` may
    hold `<int:no>`. `roles` empty: seen without signing in. `group`: the part of the menu that it belongs to, also
    when the menu does not show it."""

    name: str
    path: str
    title: str
    roles: frozenset[str]
    group: str = ""
    menu: bool = False

    def seen_by(self, role: str) -> bool:
        return not self.roles or role in self.roles

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
    Page("desk", "/", "收件台", ALL, "收件", menu=True),
    Page("deliveries", "/deliveries", "投递记录", ALL, "收件", menu=True),
    Page("delivery", "/deliveries/<int:no>", "投递详情", ALL, "收件"),
    Page("search", "/search", "检索", ALL, "收件", menu=True),
    Page("missing", "/missing", "缺件一览", ALL, "收件", menu=True),
    Page("school_codes", "/school-codes", "交件码", frozenset({"clerk", "technician"}), "收件", menu=True),
    Page("screening", "/screening", "初筛", SELECTORS, "审核", menu=True),
    Page("approval", "/approvals", "审批", APPROVER, "审核", menu=True),
    Page("answers", "/approvals/<int:no>", "核对并审批", APPROVER, "审核"),
    Page("lesson", "/lessons/<int:no>", "课例详情", ALL, "审核"),
    Page("evidence", "/lessons/<int:no>/evidence", "证据与核对", ALL, "审核"),
    Page("original", "/materials/<int:no>", "看原件", SELECTORS, "审核"),
    Page("scans", "/lessons/<int:no>/scans", "扫描件", SELECTORS, "审核"),
    Page("mend", "/lessons/<int:no>/mend", "更正课例", SELECTORS, "审核"),
    Page("trials", "/sessions", "试讲场次", SELECTORS, "评选", menu=True),
    Page("trial", "/sessions/<int:no>", "场次详情", SELECTORS, "评选"),
    Page("progress", "/sessions/<int:no>/progress", "打分进度", SELECTORS, "评选"),
    Page("papers", "/sessions/<int:no>/papers", "纸质录入", SELECTORS, "评选"),
    Page("results", "/sessions/<int:no>/results", "评分汇总", SELECTORS, "评选"),
    Page("board", "/board", "遴选", SELECTORS, "评选", menu=True),
    Page("production", "/production", "拍摄安排", SELECTORS, "评选", menu=True),
    Page("publicity", "/publicity", "公示", SELECTORS, "评选", menu=True),
    Page("certificates", "/certificates", "证书", SELECTORS, "评选", menu=True),
    Page("honours", "/honours", "历年结果", SELECTORS, "评选", menu=True),
    Page("upstream", "/upstream", "上报", ALL, "上报", menu=True),
    Page("going_up", "/going-up", "报送材料", SELECTORS, "上报", menu=True),
    Page("season", "/calendar", "日历", ALL, "上报", menu=True),
    Page("receipt", "/receipts/<int:no>", "回执详情", ALL, "上报"),
    Page("roster", "/rosters", "名册", ALL, "管理", menu=True),
    Page("rules", "/rules", "规则与量表", ALL, "管理", menu=True),
    Page("doctor", "/doctor", "体检", TECHNICIAN, "管理", menu=True),
    Page("backup", "/backup", "备份", TECHNICIAN, "管理", menu=True),
    Page("update", "/update", "更新", TECHNICIAN, "管理", menu=True),
    Page("journal", "/journal", "日志", APPROVER | TECHNICIAN, "管理", menu=True),
    Page("users", "/users", "用户", TECHNICIAN, "管理", menu=True),
    Page("printing", "/printing", "打印", ALL, "管理", menu=True),
    Page("account", "/account", "修改密码", ALL, "管理"),
    Page("help", "/help", "帮助", ALL, "管理", menu=True),
    Page("hand_in", "/hand-in", "投递", PUBLIC, "对外", menu=True),
    Page("packer", "/packer", "学校打包器", PUBLIC, "对外", menu=True),
    Page("templates", "/templates", "模板", PUBLIC, "对外", menu=True),
    Page("notice", "/notice", "公示名单", PUBLIC, "对外", menu=True),
    Page("showcase", "/showcase", "展播", PUBLIC, "对外", menu=True),
    Page("verify", "/verify", "证书查验", PUBLIC, "对外", menu=True),
    Page("reading", "/reading", "初筛评阅", PUBLIC, "对外", menu=True),
    Page("phone", "/phone", "在手机上打开", PUBLIC, "对外", menu=True),
    Page("https", "/https", "加密访问", PUBLIC, "对外"),
    Page("judge", "/judge", "评委打分", PUBLIC, "对外", menu=True),
    Page("lots", "/lots", "抽签验算", PUBLIC, "对外", menu=True),
    Page("screen", "/screen", "待机", PUBLIC),
    Page("login", "/login", "登录", PUBLIC),
    Page("setup", "/setup", "首次设置", PUBLIC),
)

BY_NAME = {page.name: page for page in PAGES}


def menu_for(role: str) -> list[tuple[Group, list[Page]]]:
    """The groups of which this role sees something, each with its pages. `role` "": a visitor who has not signed in
    and sees what is meant for everybody."""
    shown = [(group, [page for page in PAGES if page.menu and page.group == group.name]) for group in GROUPS]
    mine = [(group, [page for page in pages if page.seen_by(role)]) for group, pages in shown]
    return [(group, pages) for group, pages in mine if pages]
