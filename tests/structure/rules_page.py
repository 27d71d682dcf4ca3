"""`python -m tests.structure.rules_page > docs/检查规则.md`: the page of rules, made from the edition.

The page is made, not written, so that it cannot say anything else than the rules do; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from appliance.model import Severity
from appliance.rules.edition import Applies, Edition, Rule
from appliance.rules.load import load

SEVERITIES = {Severity.ERROR: "必须改", Severity.WARNING: "建议改", Severity.INFO: "提示"}


def text(edition: Edition) -> str:
    return "\n".join(lines(edition)) + "\n"


def lines(edition: Edition) -> Iterator[str]:
    yield f"# 检查规则：{edition.title}"
    yield ""
    yield f"依据：{edition.notice}。本页由规则数据生成（`make rules-page`），不要手改；“…”处是检查时填入的数字或名称。"
    yield "排列顺序就是通知单上的先后。"
    for rule in edition.rules:
        yield ""
        yield f"## {rule.clause} `{rule.id}`"
        yield ""
        yield f"{rule.place}。{where(rule.applies, edition)}。"
        yield ""
        yield "| 程度 | 会说什么 | 怎么改 |"
        yield "|---|---|---|"
        yield from rows(rule)


def rows(rule: Rule) -> Iterator[str]:
    for case in rule.cases.values():
        yield f"| {SEVERITIES[case.severity]} | {blank(case.says)} | {blank(case.fix)} |"


def where(applies: Applies, edition: Edition) -> str:
    """Chinese words for where a rule applies."""
    names = edition.stages | {"secondary": "中学"}
    parts = [
        "、".join(edition.categories[one] for one in applies.category) or "各类课例",
        "、".join(names[one] for one in applies.stage),
        "、".join(edition.phases[one] for one in applies.phase),
        "、".join(edition.roles[one] for one in applies.role),
    ]
    return "，".join(part for part in parts if part)


def blank(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "…", sentence).replace("|", "\\|")


if __name__ == "__main__":
    print(text(load("2024")), end="")
