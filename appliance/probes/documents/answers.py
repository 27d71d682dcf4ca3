"""What a form answers: the text behind a label such as 实验类型, in the same cell or in the next, or below it.

Which answers there may be is the edition's; here the text is kept as it stands, ticks and empty boxes included.
"""

from __future__ import annotations

import re

LABELS = ("实验类型",)
_MOST, _LONG = 20, 200  # answers; characters of one
_MOST_BELOW = 8  # lines with boxes of their own
_BOX = re.compile(r"[□☐○◯☑☒■√✓✔●◉(（\[]")
# `3．实验类型（请打勾）：☑…`: numbering before the label, a hint in brackets behind it.
_LABEL = re.compile(
    rf"[\W\d一二三四五六七八九十]{{0,8}}({'|'.join(LABELS)})(?:[（(][^（）()√✓✔]{{2,40}}[)）])?[:：]?(.*)"
)


class Answers:
    """Every line or cell that a reader shows passes `see`, in order. `rows`: `{"label", "text"}`."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._label = ""
        self._below = 0

    def see(self, text: str) -> None:
        shown = re.sub(r"\s+", "", text[: 10 * _LONG])
        if not shown:
            return
        if found := _LABEL.fullmatch(shown):
            self._label, self._below = found[1], 0
            shown = found[2]
            if not shown:
                return
        if self._label and (not self._below or (self._below < _MOST_BELOW and _BOX.match(shown))):
            self._take(shown)
        else:
            self._label = ""

    def _take(self, shown: str) -> None:
        if self._below:
            self.rows[-1]["text"] = (self.rows[-1]["text"] + shown)[:_LONG]
        elif len(self.rows) < _MOST:
            self.rows.append({"label": self._label, "text": shown[:_LONG]})
        else:
            self._label = ""
        self._below += 1
