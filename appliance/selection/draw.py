"""抽签: the order of a session from a seed spoken in the room. Anybody can compute it again:

    printf '%s\\n%s' 种子 课例号 | sha256sum

for each lesson, then sort by what it printed.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection

from appliance.errors import WrongUse

RECIPE = "每个课例号：printf '%s\\n%s' 种子 课例号 | sha256sum；按结果从小到大排"


def draw(entries: Collection[str], seed: str) -> list[tuple[str, str]]:
    """(entry, its SHA-256) in the drawn order; the order in which entries are given does not matter."""
    lots = ((hashlib.sha256(f"{seed}\n{entry}".encode()).hexdigest(), entry) for entry in set(entries))
    return [(entry, lot) for lot, entry in sorted(lots)]


def clean_seed(text: str) -> str:
    """What is printed on the lot sheet and typed again by whoever checks. Raises `WrongUse`."""
    seed = unicodedata.normalize("NFC", text).strip()
    if not seed or any(unicodedata.category(sign).startswith("C") for sign in seed):
        raise WrongUse("抽签的种子不能是空的，也不能有看不见的字符", remedy="请当场念一个词或一串数字")
    return seed
