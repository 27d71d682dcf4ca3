"""What makes a slip findable and comparable: a QR of its receipt number, and a code of what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import segno

_SAID = ("rule", "material", "severity", "outcome", "says", "fix", "waived")


def qr(receipt: str) -> str:
    """SVG to stand inside a page, without style: scanned into 检索, it leads to the delivery."""
    return segno.make(receipt, error="m", boost_error=False).svg_inline(omitsize=True, border=2, title="回执号的二维码")


def check_code(delivery: Mapping[str, Any]) -> str:
    """Eight digits and letters in two groups. Two slips with the same code say the same about the same materials;
    one from before a new check or a mended lesson has another code."""
    lessons = [
        [lesson.get("no"), lesson["verdict"], lesson.get("turn", ""), sorted(m["sha256"] for m in lesson["materials"]),
         [[finding.get(name, "") for name in _SAID] for finding in lesson["findings"]]]
        for lesson in delivery["lessons"]
    ]  # fmt: skip
    entries = [[entry["name"], entry["fate"], entry["reason"]] for entry in delivery["entries"]]
    text = json.dumps([delivery["receipt"], lessons, entries], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"
