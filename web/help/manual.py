"""The manual's sections: one for each page under 每个页面, and 遇到这些事."""

from __future__ import annotations

import functools
import re
from pathlib import Path

MANUAL = Path(__file__).with_name("manual.md")
_PAGES, _EVENTS = "每个页面", "遇到这些事"


def of_page(title: str) -> str:
    """Markdown; empty for a page that the manual does not know, which a test forbids."""
    return _sections()[0].get(title, "")


def events() -> str:
    return _sections()[1]


@functools.cache
def _sections() -> tuple[dict[str, str], str]:
    parts = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", MANUAL.read_text(encoding="utf-8"), re.M | re.S))
    pages = re.findall(r"^### (\S+)\n(.*?)(?=^### |\Z)", parts[_PAGES], re.M | re.S)
    return {title: text.strip() for title, text in pages}, parts[_EVENTS].strip()
