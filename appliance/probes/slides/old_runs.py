"""How the text of an old slide deck is set: runs of paragraphs with their level, runs of characters with their size.

After Microsoft's public description of the format (MS-PPT): a mask says which values follow, in a fixed order."""

from __future__ import annotations

import struct

Run = tuple[int, int | None]
"""How many characters; their level (from 0), or their size in points, None where it is inherited."""
_MOST_LEVELS, _MOST_POINTS = 9, 4000
_STATED = 0x20000  # the size of characters
# Mask → bytes, in the order of the file; the table of tab stops is as long as it says.
_TABS = 0x100000
_PARAGRAPH = (
    (0xF, 2), (0x80, 2), (0x10, 2), (0x40, 2), (0x20, 4), (0x800, 2), (0x1000, 2), (0x2000, 2), (0x4000, 2),
    (0x100, 2), (0x400, 2), (0x8000, 2), (_TABS, 2), (0x10000, 2), (0xE0000, 2), (0x200000, 2),
)  # fmt: skip
_BEFORE_SIZE = ((0xFFFF, 2), (0x10000, 2), (0x200000, 2), (0x400000, 2), (0x800000, 2))
_AFTER_SIZE = ((0x40000, 4), (0x80000, 2))
_LATER_PARAGRAPH, _LATER_CHARACTER = 0xFFC00000, 0xFF100000  # values of later versions, which have no place here


class Unclear(Exception):
    """The values do not add up: nothing is to be concluded from them."""


def runs(body: bytes | memoryview, length: int) -> tuple[list[Run], list[Run]]:
    """Levels and sizes of a text of `length` characters, each to its end. Raises `Unclear`."""
    values = _Values(body)
    levels: list[Run] = []
    sizes: list[Run] = []
    try:
        for made, read in ((levels, values.level), (sizes, values.size)):
            left = length + 1  # the end of the last paragraph counts
            while left > 0:
                count = values.take("<I")
                if not 0 < count <= left:
                    raise Unclear
                made.append((count, read()))
                left -= count
    except struct.error as error:
        raise Unclear from error
    return levels, sizes


def master_levels(body: bytes | memoryview, text_type: int) -> list[int | None]:
    """Sizes by level that a master states for one type of text. Raises `Unclear`."""
    values = _Values(body)
    try:
        count = values.take("<H")
        if count > _MOST_LEVELS:
            raise Unclear
        made = []
        for level in range(count):
            if text_type >= 5 and values.take("<H") != level:  # only these number their levels
                raise Unclear
            values.paragraph()
            made.append(values.size())
    except struct.error as error:
        raise Unclear from error
    return made


class _Values:
    """Reads on from where it stands. Raises `struct.error` at the end and `Unclear`."""

    def __init__(self, body: bytes | memoryview) -> None:
        self._body, self._place = body, 0

    def take(self, form: str) -> int:
        value = struct.unpack_from(form, self._body, self._place)[0]
        self._place += struct.calcsize(form)
        return int(value)

    def level(self) -> int:
        level = self.take("<H")
        if level >= _MOST_LEVELS:
            raise Unclear
        self.paragraph()
        return level

    def paragraph(self) -> None:
        mask = self._mask(_LATER_PARAGRAPH)
        for bits, size in _PARAGRAPH:
            if mask & bits:
                more = size if bits != _TABS else 4 * self.take("<H")
                self._place += more

    def size(self) -> int | None:
        mask = self._mask(_LATER_CHARACTER)
        self._skip(mask, _BEFORE_SIZE)
        size = self.take("<H") if mask & _STATED else None
        self._skip(mask, _AFTER_SIZE)
        if self._place > len(self._body) or (size is not None and not 0 < size <= _MOST_POINTS):
            raise Unclear
        return size

    def _mask(self, unknown: int) -> int:
        mask = self.take("<I")
        if mask & unknown:
            raise Unclear
        return mask

    def _skip(self, mask: int, values: tuple[tuple[int, int], ...]) -> None:
        self._place += sum(size for bits, size in values if mask & bits)
