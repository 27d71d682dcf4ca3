"""What a person should look at before judging a film: pictures, the words that its card should bear, how it sounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appliance.model import Identity, Material, Phase
from appliance.rules import card
from appliance.rules.card_fields import State
from appliance.rules.edition import Edition, Rule
from appliance.rules.engine import concerns
from appliance.rules.looking import clock, length, number

AT = "at-"  # a small picture of a film, by the tenth of a second at which it stands: only shown beside another's
# Pictures that looks make, with what stands on the page for them; others are shown under their own name.
PICTURES = {
    "contact": ("抽样画面", "从头到尾每隔一段取一帧，时间从左到右、从上到下"),
    "card": ("片头", "视频开头几秒里出现过的画面"),
}


@dataclass(frozen=True)
class Shown:
    """One material of the evidence page. `pictures`: (name, title, what it is)."""

    material: Material
    pictures: tuple[tuple[str, str, str], ...]
    sound: str
    has_curve: bool
    seen: str = ""


def shown(material: Material) -> Shown:
    names = [str(name) for name in material.media.get("pictures") or () if not str(name).startswith(AT)]
    pictures = tuple((name, *PICTURES.get(name, ("其他画面", "检查时留下的画面"))) for name in names)
    sound = material.media.get("sound") or {}
    return Shown(material, pictures, sound_says(sound), bool(sound.get("curve")), frames_say(material.media))


def frames_say(media: Mapping[str, Any]) -> str:
    """The sampled pictures in words; "" when nobody looked."""
    frames = media.get("frames") or {}
    if not frames.get("seen"):
        return ""
    faces = frames.get("faces") or {}
    met = f"；{faces['looked']} 幅里有 {faces['seen']} 幅看到人脸" if faces.get("looked") else ""
    return f"看了 {frames['seen']} 幅画面{met}"


def worth_showing(material: Material, edition: Edition) -> bool:
    """Films, whether or not a probe could see them; anything else that left a picture."""
    return material.role in edition.film or bool(material.media.get("pictures"))


def side_by_side(one: Material, other: Material, moments: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    """Of these seconds (here, there) those at which both films have a small picture: `{"here", "there"}` their names,
    `{"at", "other_at"}` minutes and seconds."""
    mine, theirs = _small(one), _small(other)
    return [
        {"here": mine[tenth], "there": theirs[other_tenth], "at": clock(here), "other_at": clock(there)}
        for here, there in moments
        if (tenth := round(here * 10)) in mine and (other_tenth := round(there * 10)) in theirs
    ]


def _small(material: Material) -> dict[int, str]:
    """The tenth of a second at which each small picture stands, and its name."""
    names = [str(name) for name in material.media.get("pictures") or ()]
    return {int(name.removeprefix(AT)): name for name in names if name.startswith(AT)}


def sound_says(sound: Mapping[str, Any]) -> str:
    """The curve in words; "" when nobody listened."""
    if sound.get("undetermined"):
        return f"没能听：{sound['undetermined']}"
    if sound.get("loudness") is None:
        return ""
    parts = [
        f"听了 {length(sound['heard_s'])}",
        f"平均响度 {number(sound['loudness'], 1)} LUFS",
        f"没有声音的占 {number(sound['silent_share'] * 100, 0)}%",
        f"最长一段没有声音 {length(sound['longest_silence_s'])}",
        f"破音每分钟 {number(sound['clipped_per_min'], 0)} 处",
    ]
    if sound.get("floor") is not None:
        parts.append(f"最安静的一刻 {number(sound['floor'], 0)} 分贝")
    return "；".join(parts)


def band(edition: Edition, identity: Identity, role: str) -> tuple[float, float]:
    """(quiet, loud) in LUFS of the rule about this film's sound; the whole picture when there is none."""
    for rule in edition.rules:
        if rule.kind == "sound" and _speaks_of(rule, identity, role):
            return float(rule.limits["quiet"]), float(rule.limits["loud"])
    return -70.0, 0.0


def _speaks_of(rule: Rule, identity: Identity, role: str) -> bool:
    """In whatever phase: a picture may be looked at in all of them."""
    anywhere = [concerns(rule.applies, identity, phase) for phase in Phase]
    return any(anywhere) and (not rule.applies.role or role in rule.applies.role)


def films_first(materials: Sequence[Material], edition: Edition) -> list[Material]:
    found = [one for one in materials if worth_showing(one, edition)]
    return sorted(found, key=lambda one: (one.role not in edition.film, one.period, one.name))


@dataclass(frozen=True)
class CardField:
    """One thing that the title card must name. `wanted`: what this lesson's card should say, `read`: what was read;
    "" where that is not known. `state`: how the two stand to each other, None when nobody could read."""

    label: str
    wanted: str
    read: str = ""
    state: State | None = None


def card_fields(material: Material, identity: Identity, edition: Edition) -> list[CardField]:
    shots = (material.media.get("card") or {}).get("shots")
    rule = next(
        (one for one in edition.rules if one.kind == "opening" and _speaks_of(one, identity, material.role)), None
    )
    if shots and rule:
        seen = card.read(shots, identity, edition, rule.limits).fields
        return [CardField(one.label, one.wanted, one.read, one.state) for one in seen]
    return [
        CardField(label, _wanted(label, edition, identity)) for label in edition.title_card.get(identity.category, ())
    ]


def _wanted(label: str, edition: Edition, identity: Identity) -> str:
    field = edition.aliases.get("card", {}).get(label, {}).get("field", "")
    value = str(getattr(identity, field, ""))
    return edition.special_kinds.get(value, value) if field == "special_kind" else value
