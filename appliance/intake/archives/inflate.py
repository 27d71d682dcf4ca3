"""The bytes of one member of an archive, as a stream that cannot grow beyond what it declared (H2)."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from appliance.intake.archives.limits import Refused
from appliance.intake.archives.zip_directory import STORED, Member

_PIECE = 1 << 16


class Inflated(io.RawIOBase):
    """Reading it to the end proves size and checksum. Raises `Refused` from `readinto`."""

    def __init__(self, file: BinaryIO, member: Member) -> None:
        self.file, self.member = file, member
        self.at, self.left = member.start, member.packed
        self.engine = None if member.method == STORED else zlib.decompressobj(-zlib.MAX_WBITS)
        self.given = 0
        self.crc = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def,override]
        piece = self._piece(len(buffer))
        self.given += len(piece)
        self.crc = zlib.crc32(piece, self.crc)
        if self.given > self.member.size:
            raise Refused(f"压缩包里写的大小不对：{self.member.name!r}")
        if not piece and (self.given != self.member.size or self.crc != self.member.crc):
            raise Refused(f"压缩包已损坏：{self.member.name!r}")
        buffer[: len(piece)] = piece
        return len(piece)

    def _piece(self, most: int) -> bytes:
        if self.engine is None:
            return self._packed(most)
        while not self.engine.eof:
            packed = self.engine.unconsumed_tail or self._packed(_PIECE)
            try:
                piece = self.engine.decompress(packed, most)
            except zlib.error as error:
                raise Refused(f"压缩包已损坏：{self.member.name!r}") from error
            if piece:
                return piece
            if not packed:
                raise Refused(f"压缩包已损坏：{self.member.name!r}")
        if self.left or self.engine.unused_data:
            raise Refused(f"压缩包里夹带了别的数据：{self.member.name!r}")
        return b""

    def _packed(self, most: int) -> bytes:
        self.file.seek(self.at)
        piece = self.file.read(min(most, self.left))
        self.at += len(piece)
        self.left -= len(piece)
        return piece


def prove(file: BinaryIO, member: Member) -> None:
    """Reads it through without keeping anything: an archive is refused before a byte of it is written."""
    stream, buffer = Inflated(file, member), bytearray(1 << 20)
    while stream.readinto(buffer):
        pass
