"""The edition's words for names, made ready for looking up: longest spelling first, each with its own word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

GAP = "\x00"  # stands where a word was taken out
HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_DOTTED = re.compile(rf"{HAN}+(?:[·•]{HAN}+)+")
_NAME = re.compile(rf"{HAN}{{2,4}}")


class Vocabulary:
    """The edition's words, made ready for looking up. Unknown or missing tables are simply empty."""

    def __init__(self, aliases: Mapping[str, Any]) -> None:
        self.aliases = aliases
        self.habits: Mapping[str, Any] = aliases.get("habits", {})
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
        self.plain = re.compile(f"(?:{_any_of(aliases.get('plain', {}).get('words', ()))})+")
        subjects = _any_of(spelled for spelled, _ in self.tables["subject"])
        self.short_grade = re.compile(
            rf"(?<![{HAN[1:-1]}\d])([一二三四五六七八九1-9])([上下])(?=册|{subjects}|(?!{HAN}))"
        )
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


def _longest_first(table: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """[(spelling, canonical)]; sorting is stable, so equal lengths keep the edition's order."""
    pairs = [(plain(word), name) for name, others in table.items() for word in (name, *others)]
    return sorted((pair for pair in pairs if pair[0]), key=lambda pair: -len(pair[0]))


def _any_of(words: Iterable[str]) -> str:
    """As a pattern, the longest first; one that never fits when there is no word."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _school_pattern(table: Mapping[str, Any]) -> re.Pattern[str]:
    """第一小学 must not be read as 第一小, so full endings are tried before 一小 and the like."""
    after = "".join(table.get("not_followed_by", ())) or GAP
    ways = [
        rf"(?<!{HAN})(?:(?!年级){HAN}){{2,14}}?(?:{'|'.join(endings)})(?![{after}])"
        for endings in (table.get("endings"), table.get("short_endings"))
        if endings
    ]
    return re.compile(f"({'|'.join(ways)})" if ways else r"(?!)()")
