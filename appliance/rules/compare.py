"""What differs between two editions, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from appliance.model import Outcome, Severity
from appliance.rules.edition import Applies, Edition, Rule

Row = tuple[tuple[str, str], str]  # ((part, name), how it is)

NEEDS = {"required": "必交", "advised": "建议先交", "optional": "可交可不交", "none": "不用交"}
_HOW = {
    "auto": "盒子判定", "assist": "人看证据", "human": "人核对", "record": "记着", "report": "打印或导出", "aim": "做事的目标",
}  # fmt: skip
_SEVERITIES = {Severity.ERROR: "必须改", Severity.WARNING: "建议改", Severity.INFO: "提示"}
_OUTCOMES = {Outcome.FAIL: "", Outcome.UNDETERMINED: "，没能判定", Outcome.PERSON: "，请人看"}


def differences(first: Edition, second: Edition) -> list[dict[str, str]]:
    """`[{"part", "name", "was", "now"}]`, "" where one of the two has no such row."""
    was, now = dict(_rows(first)), dict(_rows(second))
    places = [*was, *(place for place in now if place not in was)]
    return [
        {"part": place[0], "name": place[1], "was": was.get(place, ""), "now": now.get(place, "")}
        for place in places
        if was.get(place) != now.get(place)
    ]


def sentence(row: dict[str, str]) -> str:
    where = f"{row['part']} {row['name']}"
    if not row["now"]:
        return f"{where}：去掉了（原来是 {row['was']}）"
    return f"{where}：新增 {row['now']}" if not row["was"] else f"{where}：{row['was']} → {row['now']}"


def _rows(edition: Edition) -> Iterator[Row]:
    for part, words in (("类别", edition.categories), ("学段", edition.stages), ("材料", edition.roles)):
        yield from (((part, name), word) for name, word in words.items())
    for date in edition.dates.values():
        yield ("期限", date.what), f"{date.day}"
    for name, clause in edition.clauses.items():
        yield ("条款", name), f"{clause.place}：{clause.says}（{'、'.join(_HOW[how] for how in clause.how)}）"
    for category, fields in edition.title_card.items():
        yield ("片头", _named(edition, category)), "、".join(fields)
    yield from _materials(edition)
    for (category, role), sections in edition.sections.items():
        for section in sections:
            name = f"{_named(edition, category)} {edition.role_name(role)} {section.name}"
            yield ("文档的部分", name), "、".join((section.name, *section.words))
    for category, stages in edition.subjects.items():
        for stage, subjects in stages.items():
            yield ("可报学科", f"{_named(edition, category)} {edition.stages[stage]}"), "、".join(subjects)
    for place, quota in edition.quotas.items():
        yield ("名额", place), "/".join(map(str, quota))
    for rubric in edition.rubrics.values():
        for item in rubric["items"]:
            yield ("量表", f"{rubric['title']} {item['group']} {item['name']}"), f"{item['weight']} 分"
    for name, row in edition.selection.items():
        yield from _scoring(name, row)
    for name, row in edition.tolerances.items():
        yield ("宽严尺度", name), value_in_words(row["value"])
    for rule in edition.rules:
        yield from _rule(rule, edition)
    yield ("核对清单", "审批"), {"warn": "没有答完只提醒", "demand": "答完才能批"}[edition.approval_needs]
    for item in edition.checklist:
        yield ("核对清单", item.clause), f"{item.question}；{applies_in_words(item.applies, edition)}"
    for table, rows in edition.aliases.items():
        yield from ((("各种写法", f"{table} {name}"), value_in_words(words) or "没有") for name, words in rows.items())


def _scoring(name: str, row: Any) -> Iterator[Row]:
    """`ties` is a list, in the order in which they are asked; the others are tables of values with a reason."""
    if isinstance(row, list):
        for place, tie in enumerate(row, 1):
            groups = "、".join(tie.get("groups", ()))
            yield ("评分和名额的办法", f"{name} 第 {place} 步"), f"{tie['name']}{f'（{groups}）' if groups else ''}"
        return
    for key, value in row.items():
        if key != "why":
            yield ("评分和名额的办法", f"{name} {key}"), value_in_words(value)


def _materials(edition: Edition) -> Iterator[Row]:
    for category, rows in edition.materials.items():
        for asked in rows:
            need = "；".join(f"{edition.phases[phase]}{NEEDS[need]}" for phase, need in asked.need.items())
            per = "每课时一份" if asked.per == "period" else "整节课"
            name = f"{_named(edition, category)} {edition.role_name(asked.role)}"
            yield ("要交的材料", name), f"{need}；{per}{'，只许一个' if asked.one else ''}"


def _rule(rule: Rule, edition: Edition) -> Iterator[Row]:
    yield ("规则", rule.id), f"{rule.clause} {rule.place}；{applies_in_words(rule.applies, edition)}"
    for name, value in rule.limits.items():
        yield ("规则的数字", f"{rule.id} {name}"), value_in_words(value)
    for name, case in rule.cases.items():
        weight = f"{_SEVERITIES[case.severity]}{_OUTCOMES[case.outcome]}"
        yield ("规则的话", f"{rule.id} {name}"), f"{weight}：{case.says}。{case.fix}"


def applies_in_words(where: Applies, edition: Edition) -> str:
    words = {**edition.categories, **edition.stages, **edition.phases, **edition.roles}
    named = (*where.category, *where.stage, *where.phase, *where.role)
    return "、".join(words.get(one, one) for one in named) or "都适用"


def _named(edition: Edition, category: str) -> str:
    return edition.categories.get(category, category)


def value_in_words(value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{name} {value_in_words(each)}" for name, each in value.items())
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else f"{value}"
