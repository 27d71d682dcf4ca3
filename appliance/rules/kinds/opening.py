"""The title card: how long the picture rests at the start, and whether the card says what it must.

Stillness alone never decides: a card that zooms or flies in is a card, and a still lesson start is none. What OCR
read decides where it is certain (`rules/card.py`); else a person looks, with what was read beside what is wanted.
One file gets one sentence about its card, and a second only when it stands too short as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from appliance.model import LessonFacts, Turn
from appliance.rules.card import Reading, read
from appliance.rules.card_fields import Seen, State
from appliance.rules.edition import Edition, Rule
from appliance.rules.looking import measured, number
from appliance.rules.remark import Kind, Remark, undetermined

_A_CARD = 2  # fields; one alone may stand on any slide of the lesson


def judge(rule: Rule, facts: LessonFacts, edition: Edition) -> Iterator[Remark]:
    wanted = rule.limits["seconds"]
    names = "、".join(edition.title_card.get(facts.identity.category, ()))
    for material, media in measured(rule, facts, "video"):
        if not media.get("video"):
            continue
        opening, card = media.get("opening") or {}, media.get("card") or {}
        still = opening.get("still_s")
        seen = read(card["shots"], facts.identity, edition, rule.limits) if card.get("shots") else None
        fields = {
            "still": "" if still is None else number(still, 1), "wanted": wanted, "fields": names,
            "why": card.get("undetermined", "没有看开头的画面"), **_said(seen),
        }  # fmt: skip
        for case in _cases(still, seen, rule):
            if case == "undetermined":
                why = str(opening.get("undetermined") or "没有看到开头的画面")
                yield undetermined(material.name, "片头", why, f"{wanted} 秒片头")
            else:
                shown = {**fields, "still": number(seen.seconds, 1)} if case == "brief" and seen else fields
                name = "short" if case == "brief" else case
                yield Remark(name, material.name, _measured(shown, seen), f"{wanted} 秒片头：{names}", shown)


def _cases(still: float | None, seen: Reading | None, rule: Rule) -> Iterator[str]:
    if seen is None:
        yield "undetermined" if still is None else _rest(float(still), rule)
        return
    rest = "undetermined" if still is None else _rest(float(still), rule)
    if len(seen.those(State.FOUND, State.OFFERED, State.OTHER)) < _A_CARD:
        yield "moving" if rest == "moving" else "unclear"
        return
    if seen.those(State.OTHER):
        yield "other"
    elif seen.those(State.LIKE, State.UNREAD):
        yield "unclear"
    elif seen.those(State.OFFERED):
        yield "offered"
    yield from _standing(rest, seen, rule)


def _standing(rest: str, seen: Reading, rule: Rule) -> Iterator[str]:
    """A card that was read stands as long as its words do; also one that zooms."""
    if rest == "long":
        if seen.to_the_end and not seen.those(State.LIKE, State.UNREAD, State.OTHER):
            yield "lasting"
    elif rest != "still" and seen.seconds < rule.limits["least"]:
        yield "brief" if rest in ("moving", "undetermined") else rest


def _rest(still: float, rule: Rule) -> str:
    if still < rule.limits["moving"]:
        return "moving"
    if still < rule.limits["least"]:
        return "short"
    return "still" if still <= rule.limits["most"] else "long"


def _said(seen: Reading | None) -> Mapping[str, str]:
    """What stands on the card beside what should; "" for what there is nothing to say of."""
    if seen is None:
        return {"other": "", "unclear": "", "offered": ""}
    amiss = seen.those(State.OTHER, State.LIKE, State.UNREAD)
    return {
        "other": _listed(amiss), "unclear": _listed(amiss), "offered": _listed(seen.those(State.OFFERED)),
    }  # fmt: skip


def _listed(fields: Sequence[Seen]) -> str:
    return "；".join(_SENTENCES[one.state, bool(one.wanted)].format(one.label, one.wanted, one.read) for one in fields)


_SENTENCES = {
    (State.OTHER, True): "{0}应是“{1}”，片头上是“{2}”",
    (State.LIKE, True): "{0}应是“{1}”，认出来是“{2}”",
    (State.UNREAD, True): "{0}“{1}”没有认出来",
    (State.UNREAD, False): "{0}没有认出来",
    (State.OFFERED, False): "{0}“{2}”",
}


def _measured(fields: Mapping[str, Any], seen: Reading | None) -> str:
    rests = f"静止 {fields['still']} 秒" if fields["still"] else "没有测到"
    if seen is None:
        return rests
    return f"{rests}；认出 {len(seen.those(State.FOUND, State.OFFERED))} 项，共 {len(seen.fields)} 项"


_FIELDS = ("still", "wanted", "fields", "why", "other", "unclear", "offered")
_CASES = ("other", "unclear", "offered", "still", "short", "lasting", "long", "moving")
KIND = Kind(
    judge, ("seconds", "least", "most", "moving", "read", "sure", "like"), dict.fromkeys(_CASES, _FIELDS), Turn.FULL
)  # fmt: skip
