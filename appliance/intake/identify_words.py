"""Reads one folder or file name: what is recognised is taken out, what remains is title or teacher.

Order matters and tells how sure a mark is: 《…》 first, then the school (so that 实验小学 is no experiment),
labels, periods, the edition's words from the longest to the shortest, and at last bare surnames.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from appliance.intake.identify_vocabulary import GAP, HAN, Vocabulary, plain

_NUMERALS = "一二三四五六七八九十"
_NUMBER = rf"([1-9]\d?|[{_NUMERALS}]{{1,3}})"
_QUOTED = re.compile(r"《([^《》]{1,80})》")
_PERIOD = re.compile(rf"第\s*{_NUMBER}\s*课时|课时\s*{_NUMBER}(?![\d课])|(?<![共{_NUMERALS}\d]){_NUMBER}\s*课时")
_TOTAL = re.compile(rf"共\s*{_NUMBER}\s*课时")
_BARE = re.compile(rf"\(\s*{_NUMBER}\s*\)")
_SPLIT = re.compile(rf"(?:[\x00_\-—–~.,，。、;:()\[\]{{}}【】《》<>“”\"+&#@!/\\|=]|(?<={HAN})\s|\s(?={HAN}))+")
_VERSION = re.compile(r"[\s\dv]*\d$|^\d+$", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What a name says. `fields`: words of `Identity`, canonical. `rest`: words that nothing claimed, in order.
    `period` is written out (第2课时), `bare` is only a number in brackets. `roles`: best first."""

    fields: Mapping[str, str] = field(default_factory=dict)
    quoted: str = ""
    rest: tuple[str, ...] = ()
    period: int = 0
    bare: int = 0
    total: int = 0
    roles: tuple[str, ...] = ()


def read(name: str, words: Vocabulary) -> Reading:
    """`name`: one path segment without ending. Never raises."""
    # Case is kept for titles and names; lower() could change the length (İ), so only ASCII is folded for search.
    text = "".join(char for char in unicodedata.normalize("NFKC", name) if char.isprintable()).strip()
    fields: dict[str, str] = {}
    quoted, text = _take(_QUOTED, text)
    school, text = _take(words.school, text)
    if school:
        fields["school"] = school
    text = words.short_grade.sub(lambda found: f"{found.group(1)}年级{found.group(2)}册", text)
    if teacher := _labelled(text, words):
        fields["teacher"], text = teacher
    total, text = _number(_TOTAL, text)
    period, text = _number(_PERIOD, text)
    bare, text = _number(_BARE, text)
    before_roles = text
    roles, text = _roles(text, words)
    # 实验教学设计 is a role and tells the category too, so the category is looked up with the roles still there.
    fields["category"] = _word(before_roles, words.tables["category"])[0]
    for key in ("textbook", "grade", "volume", "special_kind", "category", "stage", "subject"):
        found, text = _word(text, words.tables[key])
        fields[key] = fields.get(key) or found
    # 培智 in a school's name tells the category, 小学 the stage, where nothing nearer does.
    for key, table in (("special_kind",) * 2, ("category",) * 2, ("stage", "school_stage")):
        fields[f"school_{key}"] = _word(school, words.tables[table])[0]
    fields = {key: value for key, value in fields.items() if value}
    pieces = (word.strip() for word in _SPLIT.split(text))
    rest = tuple(word for word in pieces if _means_something(word, words))
    return Reading(fields, quoted.strip(), rest, period, bare, total, roles)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    if not found:
        return "", text
    return found.group(1), text[: found.start()] + GAP + text[found.end() :]


def _number(pattern: re.Pattern[str], text: str) -> tuple[int, str]:
    found = pattern.search(text)
    if not found:
        return 0, text
    digits = next(group for group in found.groups() if group)
    return number(digits), text[: found.start()] + GAP + text[found.end() :]


def number(digits: str) -> int:
    """12 of "12", "十二"; 0 when it is none."""
    if digits.isascii() and digits.isdigit():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    if len(ones) > 1 or len(tens) > 1:
        return 0
    low = _NUMERALS.find(ones) + 1 if ones else 0
    high = (_NUMERALS.find(tens) + 1 if tens else 1) if ten else 0
    return high * 10 + low


def _labelled(text: str, words: Vocabulary) -> tuple[str, str] | None:
    """主讲教师：X, X老师."""
    for label in words.labels:
        if found := re.search(rf"{label}\s*[::]?\s*({HAN}{{2,4}})(?!{HAN})", text):
            return found.group(1), text[: found.start()] + GAP + text[found.end() :]
    for ending in words.endings:
        for found in re.finditer(rf"(?<!{HAN})({HAN}{{2,4}}){ending}", text):
            if words.is_person(found.group(1)):
                return found.group(1), text[: found.start()] + GAP + text[found.end() :]
    found = words.pattern.search(text)
    return (found.group(0), text[: found.start()] + GAP + text[found.end() :]) if found else None


def _word(text: str, table: Iterable[tuple[str, str]]) -> tuple[str, str]:
    lower = _fold(text)
    for spelled, name in table:
        at = lower.find(spelled)
        # 上 and 下 alone say the volume only where nothing else stands around them.
        if at < 0 or (len(spelled) == 1 and not _alone(text, at)):
            continue
        return name, text[:at] + GAP + text[at + len(spelled) :]
    return "", text


def _alone(text: str, at: int) -> bool:
    around = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return all(char in ("", GAP) for char in around)


def _roles(text: str, words: Vocabulary) -> tuple[tuple[str, ...], str]:
    """All roles that are named, the longest word first; words of one length in the order of the edition."""
    lower, roles = _fold(text), []
    for spelled, role in words.tables["role"]:
        if spelled in lower and role not in roles:
            roles.append(role)
    for spelled, _ in words.tables["role"]:
        while (at := _fold(text).find(spelled)) >= 0:
            text = text[:at] + GAP + text[at + len(spelled) :]
    return tuple(roles), text


def _fold(text: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in text)


def _means_something(word: str, words: Vocabulary) -> bool:
    """定稿, 推荐材料, 终稿2, V3, 01 and single characters are no title."""
    bare = plain(_VERSION.sub("", word))
    return len(bare) > 1 and not words.plain.fullmatch(bare)


def joined(rest: Iterable[str]) -> str:
    """Chinese words are written together, others apart."""
    whole = ""
    for word in rest:
        apart = whole and not (re.search(rf"{HAN}$", whole) or re.match(HAN, word))
        whole += f" {word}" if apart else word
    return whole
