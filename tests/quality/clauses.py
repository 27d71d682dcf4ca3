"""`python -m tests.quality.clauses [--short]`: for each clause of the notice, what decides it and what shows it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from appliance.rules.edition import Edition, Rule
from appliance.rules.load import load
from tests.quality.marks import shown_by
from tests.quality.served import LATER, SERVED
from tests.quality.used import told
from tests.rules.samples import samples
from tests.structure.rules_page import HOW, OUTCOMES, SEVERITIES


@dataclass(frozen=True)
class Row:
    """`decides`: what decides or serves the clause; `used`: pages and commands. `shows`: the tests and sample rows. `later`: what is not
    there."""

    clause: str
    place: str
    how: str
    says: str
    decides: tuple[str, ...]
    used: str
    shows: tuple[str, ...]
    later: str


def rows(edition: Edition) -> list[Row]:
    marked, sampled = shown_by(), _sampled(edition)
    asked = {question.clause: question.question for question in edition.checklist}
    return [
        Row(
            name, clause.place, "；".join(HOW[how] for how in clause.how), clause.says,
            tuple(_decides(name, edition, asked)), told(name), (*sampled.get(name, ()), *marked.get(name, ())),
            LATER.get(name) or _unmeasured(name, edition),
        )
        for name, clause in edition.clauses.items()
    ]  # fmt: skip


def _decides(name: str, edition: Edition, asked: dict[str, str]) -> Iterator[str]:
    yield from (f"规则 {rule.id}（{_weight(rule)}）" for rule in edition.rules if rule.clause == name)
    if name in asked:
        yield f"核对清单：{asked[name]}"
    yield from (f"{served.what}（{served.where}）" for served in SERVED.get(name, ()))


def _unmeasured(name: str, edition: Edition) -> str:
    """A clause that the box should decide or measure, and that only a person answers so far."""
    wanted = {"auto", "assist"} & set(edition.clauses[name].how)
    ruled = name in SERVED or any(rule.clause == name for rule in edition.rules)
    return "盒子还不量这一条，只由人核对" if wanted and not ruled else ""


def _weight(rule: Rule) -> str:
    return "、".join(
        dict.fromkeys(f"{SEVERITIES[case.severity]}·{OUTCOMES[case.outcome]}" for case in rule.cases.values())
    )


def _sampled(edition: Edition) -> dict[str, list[str]]:
    """Clause → how many sample rows of tests/rules its rules have."""
    clause_of = {rule.id: rule.clause for rule in edition.rules}
    counts = Counter(sample.rule for sample in samples())
    found: dict[str, list[str]] = {}
    for rule, count in counts.items():
        found.setdefault(clause_of[rule], []).append(f"tests/rules/test_rows.py 的 {rule} 样例 {count} 例")
    return found


def text(found: list[Row], short: bool) -> Iterator[str]:
    for row in found:
        yield f"{row.clause}  {row.place}  {row.says}（{row.how}）"
        yield from (f"    由  {one}" for one in row.decides)
        yield from [f"    在  {row.used}"] * bool(row.used)
        shown = row.shows[:3] if short else row.shows
        yield from (f"    见  {one}" for one in shown)
        if len(shown) < len(row.shows):
            yield f"    见  另外 {len(row.shows) - len(shown)} 处"
        if row.later or not row.decides:
            yield f"    还没有：{row.later or '没有任何东西管这一条'}"
        elif not row.shows:
            yield "    还没有：没有测试"
    bare = [row.clause for row in found if not row.decides]
    yield ""
    yield f"共 {len(found)} 条；有东西管的 {len(found) - len(bare)} 条；还没有的 {len(bare)} 条：{'、'.join(bare) or '没有'}"


def main(words: list[str]) -> int:
    print("\n".join(text(rows(load("2024")), "--short" in words)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
