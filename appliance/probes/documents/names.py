"""Does something stand behind 姓名, 班级, 学号 on a pupil's sheet (E12)? Only how much ink, never what it says.

1. OCR finds the printed label; nothing else that it reads is kept.
2. The sheet is turned so that the label's line lies level.
3. Lines to write on, frames and black bars go; what is left to the right, up to the next label, is counted.
"""

from __future__ import annotations

from functools import cache
from math import atan2, degrees
from typing import Any, BinaryIO

import cv2
import numpy as np

from appliance.probes.documents.old_file import Unreadable
from appliance.probes.documents.sheets import Grey, ink_of, of_each
from appliance.probes.film.ocr import MISSING, Character, Reader, installed

LABELS = ("姓名", "班级", "学号")
_OTHERS = (
    "年级", "学校", "小组", "组别", "组号", "座号", "性别", "日期", "时间", "得分", "评分", "等级", "教师", "成绩",
)  # fmt: skip
_MOST = 8  # sheets of a file
_MOST_LABELS = 12  # of a sheet
_SIDE = 960  # pixels of the longer side in which lines are looked for
_SURE = 0.8  # mean of a sheet that lies as it is read: 0.98; on its head: 0.69
_FEW = 3  # lines; fewer do not tell how a sheet lies
_FAR = 7  # times the label's height to the right
_ABOVE, _BELOW = 0.25, 0.2  # of the height: writing does not keep to the line
_LINE = 0.9  # of the height: frames and lines to write on are longer, strokes of writing are not
_NEAR = 0.2  # of the height: read characters stand not quite where they are
_SPECK = 0.3  # of the height; dots and the colon are smaller

Found = dict[str, Any]
Word = list[Character]


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"sheets": [[{"label", "ink": in squares of the label's height}]], "cut"}`, or `{"undetermined": why}`."""
    if not installed():
        return {"undetermined": MISSING}
    try:
        sheets, cut = of_each(file, _labels, _MOST)
    except Unreadable as why:
        return {"undetermined": str(why)}
    return {"sheets": sheets, "cut": cut}


def _labels(grey: Grey) -> list[Found]:
    lines = _read(grey)
    found = _behind(grey, lines)
    for turns in _turns(lines):
        turned = np.ascontiguousarray(np.rot90(grey, turns))
        found += _behind(turned, _read(turned))
    return found[:_MOST_LABELS]


@cache
def _reader() -> Reader | None:
    """Made when the first picture has been decoded and let go: both at once would take more memory."""
    return Reader.make(_SIDE)


def _read(grey: Grey) -> list[Word]:
    reader = _reader()
    return [line for line in reader.characters(np.repeat(grey[:, :, None], 3, axis=2)) if line] if reader else []


def _turns(lines: list[Word]) -> tuple[int, ...]:
    """How else a sheet may lie, in quarter turns: sideways when its lines stand, on its head when hardly read."""
    if len(lines) < _FEW:
        return ()
    standing = sum(abs(_slope(line)) > 45 for line in lines)
    if 2 * standing > len(lines):
        return (1, 3)
    return (2,) if np.mean([one.sure for line in lines for one in line]) < _SURE else ()


def _behind(grey: Grey, lines: list[Word]) -> list[Found]:
    ink = ink_of(grey)
    labels = [(name, word, line) for line in lines for name in (*LABELS, *_OTHERS) for word in _words(line, name)]
    return [
        {"label": name, "ink": _right_of(ink, word, _slope(line), [other for _, other, _ in labels if other != word])}
        for name, word, line in labels
        if name in LABELS
    ]


def _words(line: Word, name: str) -> list[Word]:
    """Where a line says this; `姓  名` too."""
    solid = [one for one in line if one.text.strip()]
    size = len(name)
    pieces = (solid[at : at + size] for at in range(len(solid) - size + 1))
    return [piece for piece in pieces if "".join(one.text for one in piece) == name]


def _slope(line: Word) -> float:
    """Degrees by which it falls to the right."""
    (left, top), (right, bottom) = line[0].corners[0], line[-1].corners[1]
    return degrees(atan2(bottom - top, right - left))


def _right_of(ink: Grey, word: Word, slope: float, others: list[Word]) -> float:
    """Ink behind a label, in squares of its height."""
    turn = cv2.getRotationMatrix2D(word[-1].corners[1], slope, 1)
    (left, top), (_, bottom) = _level(turn, word, 1), _level(turn, word, 2)
    height = bottom - top
    stop = left + _FAR * height
    for other in others:
        beside, upper = _level(turn, other, 0)
        if beside > left and abs(upper - top) < height:
            stop = min(stop, beside - _NEAR * height)
    wide, high = int(stop - left), int((1 + _ABOVE + _BELOW) * height)
    if wide <= 0 or high <= 0:
        return 0.0
    turn[:, 2] -= np.array((left, top - _ABOVE * height))
    part = cv2.warpAffine(ink * 255, turn, (wide, high))
    return round(_written((part > 127).astype(np.uint8), height) / height**2, 2)


def _level(turn: Any, word: Word, corner: int) -> tuple[float, float]:
    x, y = word[0 if corner in (0, 3) else -1].corners[corner]
    across, down = turn @ (x, y, 1)
    return float(across), float(down)


def _written(part: Grey, height: float) -> int:
    """Pixels without what is straight for about the height of a label, and without specks."""
    long = max(int(_LINE * height), 3)
    across, down = (
        cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) for shape in ((1, long), (long, 1))
    )
    straight = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    part = np.where(straight > 0, 0, part).astype(np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(part)
    return sum(
        int(box[cv2.CC_STAT_AREA])
        for box in boxes[1:count]
        if max(box[cv2.CC_STAT_WIDTH], box[cv2.CC_STAT_HEIGHT]) >= _SPECK * height
    )
