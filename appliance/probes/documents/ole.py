"""An OLE file: an old Word, PowerPoint or Excel document (Word's own or WPS's, which writes the same streams), or a
new one locked with a password. Which one it is, the names of its streams tell; each goes on to its own walk.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, BinaryIO

import olefile

from appliance.probes.documents import old_sheet, old_word
from appliance.probes.documents.old_file import LOCKED, Unreadable
from appliance.probes.slides import old_slides

_HEADER = 512
_SPECIAL = 0xFFFFFFFA  # from here on the numbers of sectors are marks
_CUT = {"ok": False, "says": "文件不完整，后面的部分没有拷到"}
_IN_HEADER = 109  # places of FAT sectors that the header itself holds
_PROGRAMS = ("macros", "_vba_project_cur", "vba")
_MAINS: tuple[tuple[str, str, Callable[[olefile.OleFileIO], dict[str, Any]]], ...] = (
    ("encryptedpackage", "ole", lambda _: dict(LOCKED)),
    ("worddocument", "doc", old_word.look),
    ("powerpoint document", "ppt", old_slides.look),
    ("workbook", "xls", old_sheet.look),
)


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"type": doc|ppt|xls|ole, "encrypted", "macros", …}`; what stands in it as for a docx, a pptx or an xlsx."""
    if _cut_in_header(file, size):
        return {"type": "ole", "encrypted": False, "whole": dict(_CUT)}
    file.seek(0)
    try:
        with olefile.OleFileIO(file) as old:
            return {"whole": dict(_CUT)} if _cut(old, size) else _inside(old)
    except (OSError, ValueError, LookupError, struct.error, RecursionError, TypeError, AttributeError):
        # Word mends more than the library does: a file that it cannot open is looked at by a person.
        return {"type": "ole", "undetermined": "旧格式的文件，里面的内容读不出来"}


def _inside(old: olefile.OleFileIO) -> dict[str, Any]:
    names = _names(old)
    for name, kind, walk in _MAINS:
        if name in names:
            about = {"type": kind, "encrypted": False, "macros": any(one in names for one in _PROGRAMS)}
            try:
                return about | walk(old)
            except Unreadable as why:
                return about | {"undetermined": str(why)}
    return {"type": "ole", "encrypted": False, "undetermined": "是旧格式的文件，认不出是文档、课件还是表格"}


def _names(old: olefile.OleFileIO) -> set[str]:
    return {path[0].lower() for path in old.listdir(streams=True, storages=True)}


def _cut_in_header(file: BinaryIO, size: int) -> bool:
    """Does the header name a sector of the table, or the first of the directory, that begins behind the end?"""
    file.seek(0)
    head = file.read(_HEADER)
    if len(head) < _HEADER:
        return True
    sector = 1 << min(struct.unpack_from("<H", head, 30)[0], 16)
    count, directory = struct.unpack_from("<II", head, 44)
    places = (directory, *struct.unpack_from(f"<{min(count, _IN_HEADER)}I", head, 76))
    return any(place < _SPECIAL and (place + 1) * sector >= size for place in places)


def _cut(old: olefile.OleFileIO, size: int) -> bool:
    """Does a sector of the directory or of any stream begin behind the end? Sectors that nothing uses do not count:
    the table may list more than was ever written; and some writers leave out the padding of the very last one."""
    starts = [old.first_dir_sector]
    starts += [one.isectStart for one in old.direntries if one and one.size >= old.minisectorcutoff]
    left = len(old.fat)  # a chain cannot be longer than the table: one that is runs in a circle
    for sector in starts:
        while sector < min(len(old.fat), _SPECIAL) and left > 0:
            if (sector + 1) * old.sectorsize >= size:
                return True
            sector, left = old.fat[sector], left - 1
    return False
