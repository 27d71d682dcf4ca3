"""Reads one folder or file name: what is recognised is taken out, what remains is title or teacher.

Order matters and tells how sure a mark is: 《…》 first, then the school (so that 实验小学 is no experiment),
labels, periods, the edition's words from the longest to the shortest, and at last bare surnames.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

GAP = "\x00"
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_NUMERALS = "一二三四五六七八九十"
_NUMBER = rf"([1-9]\d?|[{_NUMERALS}]{{1,3}})"
_QUOTED = re.compile(r"《([^《》]{1,80})》")
_PERIOD = re.compile(rf"第\s*{_NUMBER}\s*课时|课时\s*{_NUMBER}(?![\d课])|(?<![共{_NUMERALS}\d]){_NUMBER}\s*课时")
_TOTAL = re.compile(rf"共\s*{_NUMBER}\s*课时")
_BARE = re.compile(rf"\(\s*{_NUMBER}\s*\)")
_SPLIT = re.compile(rf"(?:[\x00_\-—–~.,，。、;:()\[\]{{}}【】《》<>“”\"+&#@!/\\|=]|(?<={_HAN})\s|\s(?={_HAN}))+")
_VERSION = re.compile(r"[\s\dv]*\d$|^\d+$", re.IGNORECASE)
_DOTTED = re.compile(rf"{_HAN}+(?:[·•]{_HAN}+)+")
_NAME = re.compile(rf"{_HAN}{{2,4}}")


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


class Vocabulary:
    """The edition's words, made ready for looking up. Unknown or missing tables are simply empty."""

    def __init__(self, aliases: Mapping[str, Any]) -> None:
        self.aliases = aliases
        self.tables = {
            name: _longest_first(aliases.get(table, {}))
            for name, table in (
                ("textbook", "textbooks"), ("grade", "grades"), ("volume", "volumes"),
                ("special_kind", "special_kinds"), ("category", "categories"), ("role", "roles"),
                ("stage", "stages"), ("subject", "subjects"), ("school_stage", "school_stages"),
            )
        }  # fmt: skip
        self.stage_of_grade = {
            grade: stage for stage, grades in aliases.get("grade_stages", {}).items() for grade in grades
        }
        teachers = aliases.get("teachers", {})
        self.surnames = frozenset(teachers.get("surnames", ""))
        self.double_surnames = frozenset(teachers.get("double_surnames", ()))
        self.never = frozenset(teachers.get("never", ""))
        self.labels = teachers.get("labels", ())
        self.endings = tuple(teachers.get("endings", ()))
        self.pattern = re.compile(teachers.get("pattern") or r"(?!)")
        self.plain = frozenset(aliases.get("plain", {}).get("words", ()))
        self.school = _school_pattern(aliases.get("schools", {}))

    def is_person(self, word: str) -> bool:
        """A name as most are: a surname and one or two characters more; or with a dot, as in 甲乙丙·丁戊."""
        if self.pattern.fullmatch(word) or _DOTTED.fullmatch(word):
            return True
        if self.never & set(word) or not _NAME.fullmatch(word):
            return False
        double = word[:2] in self.double_surnames and len(word) > 2
        return double or (len(word) in (2, 3) and word[0] in self.surnames)

    def canonical(self, table: str, word: str) -> str:
        """The edition's own word for a spelling, "" when it is not one."""
        wanted = plain(word)
        return next((name for spelled, name in self.tables[table] if spelled == wanted), "")


def plain(text: str) -> str:
    """NFKC (full-width digits and brackets become narrow), lower case, control characters out."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(char for char in text if char.isprintable()).strip().lower()


def read(name: str, words: Vocabulary) -> Reading:
    """`name`: one path segment without ending. Never raises."""
    # Case is kept for titles and names; lower() could change the length (İ), so only ASCII is folded for search.
    text = "".join(char for char in unicodedata.normalize("NFKC", name) if char.isprintable()).strip()
    fields: dict[str, str] = {}
    quoted, text = _take(_QUOTED, text)
    school, text = _take(words.school, text)
    if school:
        fields["school"] = school
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
        if found := re.search(rf"{label}\s*[::]?\s*({_HAN}{{2,4}})(?!{_HAN})", text):
            return found.group(1), text[: found.start()] + GAP + text[found.end() :]
    for ending in words.endings:
        for found in re.finditer(rf"(?<!{_HAN})({_HAN}{{2,4}}){ending}", text):
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
    """定稿, 终稿2, V3, 01 and single characters are no title."""
    bare = plain(_VERSION.sub("", word))
    return len(bare) > 1 and bare not in words.plain


def _longest_first(table: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """[(spelling, canonical)]; sorting is stable, so equal lengths keep the edition's order."""
    pairs = [(plain(word), name) for name, others in table.items() for word in (name, *others)]
    return sorted((pair for pair in pairs if pair[0]), key=lambda pair: -len(pair[0]))


def _school_pattern(table: Mapping[str, Any]) -> re.Pattern[str]:
    """第一小学 must not be read as 第一小, so full endings are tried before 一小 and the like."""
    after = "".join(table.get("not_followed_by", ())) or GAP
    ways = [
        rf"(?<!{_HAN})(?:(?!年级){_HAN}){{2,14}}?(?:{'|'.join(endings)})(?![{after}])"
        for endings in (table.get("endings"), table.get("short_endings"))
        if endings
    ]
    return re.compile(f"({'|'.join(ways)})" if ways else r"(?!)()")


def joined(rest: Iterable[str]) -> str:
    """Chinese words are written together, others apart."""
    whole = ""
    for word in rest:
        apart = whole and not (re.search(rf"{_HAN}$", whole) or re.match(_HAN, word))
        whole += f" {word}" if apart else word
    return whole
