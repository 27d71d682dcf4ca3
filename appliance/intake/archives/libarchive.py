"""libarchive by ctypes: the dozen calls that reading an archive through a descriptor needs.

Only the child calls it, behind its fence. Formats are named one by one; filters that would start other programs
(lrzip, lzop, grzip) are never switched on.
"""

from __future__ import annotations

import ctypes
import locale
from collections.abc import Iterator
from dataclasses import dataclass

_LIBRARY = "libarchive.so.13"
_OK, _EOF, _WARN = 0, 1, -20
_KINDS = {0: "file", 0o100000: "file", 0o040000: "folder"}  # 0: made where files have no kinds
_BUFFER = 1 << 18
FORMATS = {"7zip": ("7zip", "none"), "rar": ("rar", "none"), "rar5": ("rar5", "none"),
           "tar": ("tar", "none"), "tar.gz": ("tar", "gzip")}  # fmt: skip


class Unreadable(Exception):
    """What libarchive says about it, in English."""


@dataclass(frozen=True)
class Header:
    """`kind`: file, folder or other (links, devices). `size`: as declared; None when the archive does not say."""

    raw: bytes
    kind: str
    size: int | None
    encrypted: bool


def load() -> ctypes.CDLL:
    """Raises `OSError` when the library is not installed."""
    lib = ctypes.CDLL(_LIBRARY)
    for name in ("archive_read_new", "archive_entry_pathname", "archive_entry_pathname_utf8", "archive_entry_hardlink",
                 "archive_error_string"):  # fmt: skip
        getattr(lib, name).restype = ctypes.c_void_p if name == "archive_read_new" else ctypes.c_char_p
    lib.archive_entry_size.restype = ctypes.c_int64
    lib.archive_read_data.restype = ctypes.c_ssize_t
    return lib


class Reading:
    """The archive behind a descriptor, member after member; `data` gives the bytes of the last one."""

    def __init__(self, lib: ctypes.CDLL, fd: int, name: str) -> None:
        locale.setlocale(locale.LC_ALL, "C.UTF-8")  # wide names become UTF-8
        self.lib, self.handle = lib, ctypes.c_void_p(lib.archive_read_new())
        form, through = FORMATS[name]
        self._must(getattr(lib, f"archive_read_support_filter_{through}")(self.handle))
        self._must(getattr(lib, f"archive_read_support_format_{form}")(self.handle))
        self._must(lib.archive_read_open_fd(self.handle, fd, ctypes.c_size_t(1 << 16)))

    def members(self) -> Iterator[Header]:
        entry = ctypes.c_void_p()
        while (code := self.lib.archive_read_next_header(self.handle, ctypes.byref(entry))) != _EOF:
            if code < _WARN:
                raise Unreadable(self._says())
            yield self._header(entry)

    def _header(self, entry: ctypes.c_void_p) -> Header:
        lib = self.lib
        raw = lib.archive_entry_pathname(entry) or lib.archive_entry_pathname_utf8(entry) or b""
        kind = _KINDS.get(lib.archive_entry_filetype(entry) & 0o170000, "other")
        if lib.archive_entry_hardlink(entry):
            kind = "other"
        size = lib.archive_entry_size(entry) if lib.archive_entry_size_is_set(entry) else None
        return Header(raw, kind, size, bool(lib.archive_entry_is_encrypted(entry)))

    def data(self) -> Iterator[bytes]:
        buffer = ctypes.create_string_buffer(_BUFFER)
        while count := self.lib.archive_read_data(self.handle, buffer, ctypes.c_size_t(_BUFFER)):
            if count < 0:  # a warning too: a checksum that does not fit is one
                raise Unreadable(self._says())
            yield buffer.raw[:count]

    def _must(self, code: int) -> None:
        if code < _WARN:
            raise Unreadable(self._says())

    def _says(self) -> str:
        return (self.lib.archive_error_string(self.handle) or b"").decode(errors="replace")
