"""名额: who would go up, held against what may go up. Pure; a finding is a sentence with a level.

error: more than the quota. warning: more than one lesson of a catalogue node without a reason. info: shown only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from appliance.selection.conflicts import plain
from appliance.selection.scoring import half_up


@dataclass(frozen=True)
class Entry:
    """A lesson of the county; `chosen`: it is a candidate or further. `session`, `rank`: where it stands in a locked
    trial session, 0 without one."""

    no: int
    title: str
    category: str
    stage: str
    subject: str
    node: str
    chosen: bool
    school: str = ""
    teacher: str = ""
    session: int = 0
    rank: int = 0


@dataclass(frozen=True)
class Quota:
    """At most `number` lessons, or `ratio` of those handed in, of this category, stage, subject, unit ("": any)."""

    category: str = ""
    stage: str = ""
    subject: str = ""
    school: str = ""
    number: int | None = None
    ratio: Fraction | None = None
    why: str = ""

    def holds_for(self, entry: Entry) -> bool:
        names = ("category", "stage", "subject", "school")
        asked = [(getattr(self, name), getattr(entry, name)) for name in names]
        return all(wanted in ("", given) for wanted, given in asked)

    def most(self, entries: Sequence[Entry]) -> int:
        """A ratio never rounds up: the level above would count one too many."""
        if self.number is not None:
            return self.number
        return ((self.ratio or Fraction()) * sum(1 for entry in entries if self.holds_for(entry))).__floor__()


@dataclass(frozen=True)
class Remark:
    """`key`: by which a reason for this exception is kept; "" where no reason can help, or none is needed."""

    level: str
    says: str
    lessons: tuple[int, ...] = ()
    key: str = field(default="", compare=False)


def node_of(textbook: str, stage: str, subject: str, grade: str, volume: str, title: str) -> str:
    """A node of the course catalogue, told by the textbook's words for it (practice: no open list of ids)."""
    return "|".join(plain(word) for word in (textbook, stage, subject, grade, volume, title))


def check(
    entries: Sequence[Entry],
    quotas: Sequence[Quota],
    reasons: Mapping[str, str],
    selection: Mapping[str, Any],
    names: Mapping[str, str],
) -> list[Remark]:
    """`reasons`: {node: recorded reason to exceed}; `selection`: the edition's; `names`: ids → Chinese."""
    chosen = [entry for entry in entries if entry.chosen]
    return [
        *_quotas(entries, chosen, quotas, names),
        *_nodes(chosen, reasons, selection["nodes"]["value"]),
        *_teachers(chosen, selection["one_per_teacher"]["value"]),
        *_passed_over(entries),
        *_special(chosen, selection["special_share"]),
        _science(chosen, selection["science"]["subjects"]),
    ]  # fmt: skip


def label(quota: Quota, names: Mapping[str, str]) -> str:
    parts = (
        names.get(quota.category, quota.category),
        names.get(quota.stage, quota.stage),
        quota.subject,
        quota.school,
    )
    return "·".join(part for part in parts if part) or "全部课例"


def _quotas(
    entries: Sequence[Entry], chosen: Sequence[Entry], quotas: Sequence[Quota], names: Mapping[str, str]
) -> Iterator[Remark]:
    for quota in quotas:
        nos = tuple(entry.no for entry in chosen if quota.holds_for(entry))
        most = quota.most(entries)
        if len(nos) > most:
            says = f"{label(quota, names)}：已定 {len(nos)} 节，名额 {most} 节，多 {len(nos) - most} 节"
            yield Remark("error", says, nos)
        else:
            yield Remark("info", f"{label(quota, names)}：已定 {len(nos)} 节，名额 {most} 节", nos)


def _nodes(chosen: Sequence[Entry], reasons: Mapping[str, str], most: int) -> Iterator[Remark]:
    nodes: dict[str, list[Entry]] = {}
    for entry in chosen:
        nodes.setdefault(entry.node, []).append(entry)
    for node, same in nodes.items():
        if len(same) > most:
            nos = tuple(entry.no for entry in same)
            who = f"《{same[0].title}》这个节点定了 {len(nos)} 节（{_numbers(nos)}）"
            if node in reasons:
                yield Remark("info", f"{who}，理由：{reasons[node]}", nos)
            else:
                yield Remark("warning", f"{who}，原则上一个节点 {most} 节；请减少，或写明理由", nos, node)


def _teachers(chosen: Sequence[Entry], on: bool) -> Iterator[Remark]:
    """A local rule, off by default: one lesson a teacher."""
    by_teacher: dict[tuple[str, str], list[int]] = {}
    for entry in chosen if on else ():
        if entry.teacher:
            by_teacher.setdefault((plain(entry.teacher), plain(entry.school)), []).append(entry.no)
    for (teacher, school), nos in by_teacher.items():
        if len(nos) > 1:
            who = next(entry.teacher for entry in chosen if entry.no == nos[0])
            says = f"{who}定了 {len(nos)} 节（{_numbers(nos)}），本地规定每人一节；请减少，或写明理由"
            yield Remark("warning", says, tuple(nos), f"teacher/{teacher}/{school}")


def _passed_over(entries: Sequence[Entry]) -> Iterator[Remark]:
    """In one session a lesson is chosen and one that ranks before it is not: allowed, with its reason."""
    for session in sorted({entry.session for entry in entries if entry.session and entry.rank}):
        ranked = sorted((one for one in entries if one.session == session and one.rank), key=lambda one: one.rank)
        last = max((one.rank for one in ranked if one.chosen), default=0)
        for entry in ranked:
            if not entry.chosen and entry.rank < last:
                after = [one.no for one in ranked if one.chosen and one.rank > entry.rank]
                says = f"第 {entry.no} 号排第 {entry.rank} 名没有选，选了排在后面的{_numbers(after)}；请写明理由"
                yield Remark("warning", says, (entry.no, *after), f"order/{session}/{entry.no}")


def _numbers(nos: Sequence[int]) -> str:
    return "、".join(f"第 {no} 号" for no in nos)


def _special(chosen: Sequence[Entry], rule: Mapping[str, Any]) -> Iterator[Remark]:
    """P5c: the share is exact; the limit itself is still allowed."""
    special = [entry for entry in chosen if entry.category == rule["category"]]
    if not special:
        return
    nos = tuple(entry.no for entry in special if entry.subject in rule["subjects"])
    share = Fraction(len(nos), len(special))
    says = f"特殊教育 {'、'.join(rule['subjects'])} 共 {len(nos)} 节，占 {percent(share)}，上限 {percent(Fraction(rule['value']))}"
    yield Remark("error" if share > Fraction(rule["value"]) else "info", says, nos, "share")


def _science(chosen: Sequence[Entry], subjects: Sequence[str]) -> Remark:
    nos = tuple(entry.no for entry in chosen if entry.subject in subjects)
    share = percent(Fraction(len(nos), len(chosen))) if chosen else "—"
    return Remark("info", f"科学类课程 {len(nos)} 节，占 {share}", nos)


def percent(share: Fraction) -> str:
    shown: Decimal = half_up(share * 100, 1)
    return f"{shown}%"
