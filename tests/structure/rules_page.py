"""`python -m tests.structure.rules_page > docs/rules.md`: the page of rules, made from the edition.

The page is made, not written, so that it cannot say anything else than the rules do; a test compares. First the
clauses of the notice and what decides each; then every rule with what it says, its limits and why they are so; last
the tolerances.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from appliance.model import Outcome, Severity
from appliance.rules.edition import Applies, Edition, Rule
from appliance.rules.kinds import KINDS
from appliance.rules.load import EDITIONS, load, read_raw, rows_of

SEVERITIES = {Severity.ERROR: "必须改", Severity.WARNING: "建议改", Severity.INFO: "提示"}
OUTCOMES = {Outcome.FAIL: "不符合", Outcome.UNDETERMINED: "没能判定", Outcome.PERSON: "请人看一看"}
HOW = {
    "auto": "盒子判定", "assist": "盒子量出来，人判断", "human": "人核对", "record": "盒子记着", "report": "盒子打印或导出",
    "aim": "做事的目标",
}  # fmt: skip


def text(edition_id: str) -> str:
    return "\n".join(lines(load(edition_id), read_raw(EDITIONS / edition_id))) + "\n"


def lines(edition: Edition, raw: Mapping[str, Any]) -> Iterator[str]:
    yield f"# 检查规则：{edition.title}"
    yield ""
    yield f"依据：{edition.notice}。本页由规则数据生成（`make rules-page`），不要手改；“…”处是检查时填入的数字或名称。"
    yield "“请人看一看”的问题不会退回课例，由人决定；没能检查的，不当作合格。"
    yield from clauses(edition)
    yield ""
    yield "# 规则"
    yield ""
    yield "排列顺序就是通知单上的先后。数字来自通知的，地方不能放宽；来自宽严尺度的，写着为什么，省、市、县可以在范围内改。"
    written = {row["id"]: row.get("limits", {}) for row in rows_of(raw["rules"])}
    for rule in edition.rules:
        yield ""
        yield from one(rule, written[rule.id], edition)
    yield ""
    yield "# 宽严尺度"
    yield ""
    yield "| 名字 | 现在 | 为什么 |"
    yield "|---|---|---|"
    for name, row in edition.tolerances.items():
        yield f"| `{name}` | {shown(row['value'])} | {row['why']} |"


def clauses(edition: Edition) -> Iterator[str]:
    yield ""
    yield "# 通知的每一条"
    yield ""
    yield "| 条款 | 位置 | 说的是 | 怎样落实 | 规则 |"
    yield "|---|---|---|---|---|"
    for name, clause in edition.clauses.items():
        rules = "、".join(f"`{rule.id}`" for rule in edition.rules if rule.clause == name)
        how = "；".join(HOW[one] for one in clause.how)
        yield f"| {name} | {clause.place} | {clause.says} | {how} | {rules} |"


def one(rule: Rule, written: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    yield f"## {rule.clause} `{rule.id}`"
    yield ""
    module = KINDS[rule.kind].judge.__module__.replace(".", "/")
    yield f"{rule.place}。{where(rule.applies, edition)}。由 `{module}.py` 判定。"
    yield ""
    yield "| 程度 | 判定 | 会说什么 | 怎么改 |"
    yield "|---|---|---|---|"
    for case in rule.cases.values():
        yield f"| {SEVERITIES[case.severity]} | {OUTCOMES[case.outcome]} | {blank(case.says)} | {blank(case.fix)} |"
    if rule.limits:
        yield ""
        yield "| 数字或名单 | 现在 | 为什么 |"
        yield "|---|---|---|"
        for name, value in rule.limits.items():
            yield f"| `{name}` | {shown(value)} | {reason(written[name], rule, edition)} |"


def reason(written: Any, rule: Rule, edition: Edition) -> str:
    """A limit is either the notice's or a tolerance, which has its own sentence."""
    if isinstance(written, str) and written.startswith("@"):
        return f"`{written[1:]}`：{edition.tolerances[written[1:]]['why']}"
    return f"通知，{rule.place}"


def shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{name} → {shown(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return "、".join(map(shown, value))
    return f"{value:_}".replace("_", " ") if isinstance(value, int) and value >= 100_000 else f"{value}"


def where(applies: Applies, edition: Edition) -> str:
    """Chinese words for where a rule applies."""
    parts = [
        "、".join(edition.categories[one] for one in applies.category) or "各类课例",
        "、".join(edition.stages[one] for one in applies.stage),
        "、".join(edition.phases[one] for one in applies.phase),
        "、".join(edition.roles[one] for one in applies.role),
    ]
    return "，".join(part for part in parts if part)


def blank(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "…", sentence).replace("|", "\\|")


if __name__ == "__main__":
    print(text("2024"), end="")
