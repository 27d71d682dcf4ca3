"""Zip-based office files: which of them it is, and then its own walk. Bounded in parts, bytes and time.

A DTD in an office file is never legitimate; an archive with too many parts is not read.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from defusedxml.common import DefusedXmlException

from appliance.probes.documents import docx, xlsx
from appliance.probes.slides import pptx

_MOST_PARTS = 10_000
_PIECE, _MOST_PROVEN = 1 << 18, 64 << 20  # bytes; 64 MB unpack in about 2 s on a Pi 4
_MAINS: tuple[tuple[str, str, Callable[[zipfile.ZipFile], dict[str, Any]]], ...] = (
    ("word/document.xml", "docx", docx.look),
    ("ppt/presentation.xml", "pptx", pptx.look),
    ("xl/workbook.xml", "xlsx", xlsx.look),
)


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"kind", "type", …}` of the docx, pptx or xlsx; `kind` zip for other archives."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _inside(archive)
    except DefusedXmlException:
        return {"undetermined": "里面有不该有的外部声明，为了安全没有读", "cause": "declared"}
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        ValueError,
        RecursionError,
        zipfile.LargeZipFile,
        zlib.error,
    ) as error:
        return _broken(error)
    except (
        SyntaxError,
        LookupError,
        RuntimeError,
    ) as error:  # XML that does not parse, unknown encodings, passwords
        return _broken(error)


def _inside(archive: zipfile.ZipFile) -> dict[str, Any]:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        return {"undetermined": f"里面有 {len(parts)} 个部件，太多了，没有读", "cause": "large"}
    names = {part.filename for part in parts}
    for main, kind, walk in _MAINS:
        if main in names:
            about = {
                "kind": kind,
                "type": kind,
                "macros": any(name.endswith("vbaProject.bin") for name in names),
            }
            if archive.getinfo(main).flag_bits & 1:
                return {**about, "encrypted": True}
            _prove(archive, parts)
            return {**about, **walk(archive)}
    return {"kind": "zip", "type": "zip"}


def _prove(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Reads the parts against their checksums, the small ones first: a spoiled one that no walk needs makes Word refuse
    the file all the same. What lies beyond the bound, films as a rule, is not read here. Raises `BadZipFile`."""
    proven = 0
    for part in sorted(parts, key=lambda one: one.file_size):
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                proven += len(piece)
                if proven > _MOST_PROVEN:
                    return


def _broken(error: Exception) -> dict[str, Any]:
    return {"whole": {"ok": False, "says": "里面的内容读不出来，文件可能损坏"}, "error": type(error).__name__}
