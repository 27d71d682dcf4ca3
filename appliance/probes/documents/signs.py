"""What may be advertising or contact data in a text (G7): addresses of web pages, phone numbers, and words like
扫码 or 公众号. Only found and shown with its place; whether it is advertising is for a person to say."""

from __future__ import annotations

import base64
import re
from typing import Any

from appliance.originality.text import TextPrinter

_MOST = 50
_LONG = 60  # characters of a sign that are kept
_SHAPES = (
    ("url", re.compile(r"(?i:https?://|www\.)[A-Za-z0-9][A-Za-z0-9._~:/?#@%&=+-]*")),
    ("phone", re.compile(r"(?<![\dA-Za-z.])(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}[ -]\d{7,8}|400[ -]\d{3}[ -]?\d{4})(?![\dA-Za-z])")),
    # 关注 alone is everyday language in a lesson plan (关注学生); with these words behind it, it is not.
    ("word", re.compile(
        r"扫码|扫一扫|扫描[^，。；]{0,6}二维码|加(?:我|老师)?(?:的)?微信|微信号|公众号|视频号|QQ群|加(?:我)?QQ|关注(?:我们|我的|公众|微信|抖音|账号|一下)"
    )),
)  # fmt: skip


class Signs:
    """Every line that a reader shows passes `see`. `rows`: `{"kind": url|phone|word, "text", "place": number of the
    paragraph, slide or page}`."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str | int]] = []
        self._printer = TextPrinter()

    def see(self, text: str, place: int) -> None:
        self._printer.add(text)
        for kind, shape in _SHAPES:
            for found in shape.finditer(text):
                if len(self.rows) < _MOST:
                    self.rows.append({"kind": kind, "text": found[0][:_LONG], "place": place})

    def print(self) -> dict[str, Any]:
        """The print of all lines (G8): `{"scale", "count", "hashes": base64 of little-endian 32-bit hashes}`."""
        made = self._printer.print()
        data = b"".join(one.to_bytes(4, "little") for one in made.hashes)
        return {"scale": made.scale, "count": len(made.hashes), "hashes": base64.b64encode(data).decode()}
