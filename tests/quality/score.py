"""Per rule: how often it is right. Pure.

The positives of a rule are the materials whose label wants it to speak. A person who is asked about a positive has not
missed it; asked about a good material it costs a look, and is counted apart. A return that the label does not return is
a wrong hard verdict: there must be none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from appliance.rules.edition import Edition
from tests.quality.judge import Judged
from tests.quality.labelled import ADVISE, PASS, PERSON, RETURN


@dataclass
class Score:
    """Numbers of materials. `told`: rightly returned or advised; `asked_well`: positives put to a person; `asked`: good
    ones put to a person; `false`: good ones that were spoken of; `hard`: wrong hard verdicts."""

    rule: str
    n: int = 0
    positives: int = 0
    told: int = 0
    asked_well: int = 0
    asked: int = 0
    missed: int = 0
    false: int = 0
    hard: int = 0

    @property
    def precision(self) -> float | None:
        return _share(self.told, self.told + self.false)

    @property
    def recall(self) -> float | None:
        return _share(self.told + self.asked_well, self.positives)

    def count(self, due: str, said: str) -> None:
        self.n += 1
        self.hard += said == RETURN and due != RETURN
        if due == PASS:
            self.asked += said == PERSON
            self.false += said in (ADVISE, RETURN)
            return
        self.positives += 1
        self.told += said in (ADVISE, RETURN)
        self.asked_well += said == PERSON
        self.missed += said == PASS


def scores(judged: Iterable[Judged], edition: Edition) -> list[Score]:
    """In the order of the edition; rules that no material concerns have n = 0."""
    table = {rule.id: Score(rule.id) for rule in edition.rules}
    rules = {rule.id: rule for rule in edition.rules}
    for one in judged:
        for rule, said in one.said.items():
            table[rule].count(one.due(rules[rule]), said)
    return list(table.values())


def disagreements(judged: Iterable[Judged], edition: Edition) -> Iterator[str]:
    """What was said otherwise than the label wants, one line each; asking a person is no disagreement."""
    rules = {rule.id: rule for rule in edition.rules}
    for one in judged:
        for rule, said in one.said.items():
            due = one.due(rules[rule])
            if said not in (due, PERSON):
                told = "；".join(finding.says for finding in one.findings if finding.rule == rule)
                yield f"{one.label.id} · {rule}：应为 {WORDS[due]}，判了 {WORDS[said]} {told}".rstrip()


WORDS = {PASS: "没有问题", ADVISE: "建议", RETURN: "退回", PERSON: "请人看"}
_HEAD = (
    "规则",
    "材料",
    "有问题的",
    "说中",
    "请人看（有问题的）",
    "请人看（没问题的）",
    "放过",
    "误报",
    "误退",
    "精确率",
    "召回率",
)


def table(found: Sequence[Score]) -> Iterator[str]:
    yield f"| {' | '.join(_HEAD)} |"
    yield "|---" * len(_HEAD) + "|"
    for one in found:
        cells = (one.rule, one.n, one.positives, one.told, one.asked_well, one.asked, one.missed, one.false, one.hard,
                 _shown(one.precision), _shown(one.recall))  # fmt: skip
        yield f"| {' | '.join(map(str, cells))} |"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _shown(share: float | None) -> str:
    return "—" if share is None else f"{share:.3f}"
