"""What a file is. Each file is looked into by a child process with bounds on memory, time and the network:

1. `sort_of`    tells the sort from the first bytes; names are not believed
2. `container`  says from structure whether the file is whole
3. `parent`     starts `child`, which fences itself in (`fence`) and runs one look of the `plan`
4. the looks themselves live in `film`, `documents` and `slides`
5. what comes back is a plain dict, `media`; what could not be looked at says so in `undetermined`

`media` always has `kind` (video docx pptx xlsx zip pdf image ole unknown), `type` (mp4 mkv png …) and `whole`
({ok, says}). A video has `duration_s`, `video`, `audio`, `opening`, `card`, `sound`, `frames`, `words`; a docx or
an old document (kind ole, type doc) `headings`, `text_chars`, `images`; a pdf `pages` besides; a deck `slides`; a
workbook `text_chars`; see the modules. Sizes are bytes, rates bit/s, times seconds unless a name says otherwise.
"""

from __future__ import annotations

import base64
import functools
import importlib.metadata
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.model import Turn
from appliance.probes.container import whole
from appliance.probes.parent import look
from appliance.probes.plan import due
from appliance.probes.sort_of import sort_of

VERSION = "9"  # raise it when a probe measures differently, so that stored measurements are made again

Keep = Callable[[str, bytes], None]
"""Takes a picture (name, JPEG) that a look made as evidence for people."""


def probe(
    path: Path, until: Turn = Turn.FULL, so_far: Mapping[str, Any] | None = None, keep: Keep | None = None
) -> dict[str, Any]:
    """All that is to be measured of a file, to the end of the turn `until`. Never raises for a bad file. Types come
    from the bytes alone, so what is measured holds for their hash."""
    media: dict[str, Any] = {}
    for media in probing(path, until, so_far, keep):  # noqa: B007
        pass
    return media


def probing(
    path: Path, until: Turn = Turn.FULL, so_far: Mapping[str, Any] | None = None, keep: Keep | None = None
) -> Iterator[dict[str, Any]]:
    """As `probe`, look by look: what is known after each. `so_far`: what earlier looks found, not taken again."""
    media = dict(so_far) if so_far else _sort(path)
    yield dict(media)
    for one in due(media, until):
        answer = look(one.name, path, {name: media[name] for name in one.after if name in media})
        _keep_pictures(media, answer, keep)
        media[one.name] = answer
        yield dict(media)


def _sort(path: Path) -> dict[str, Any]:
    try:
        complete, sort = whole(path), sort_of(path)
    except OSError as error:
        return _nothing(f"文件读不了：{error.strerror or error}")
    media: dict[str, Any] = {"kind": sort.kind, "type": sort.type, "whole": asdict(complete)}
    if sort.kind == "unknown":
        return {**media, "undetermined": "认不出是什么格式的文件"} if complete.ok else media
    seen = look(sort.look, path)
    if not complete.ok:
        seen.pop("whole", None)
    return {**media, **seen}


def _keep_pictures(media: dict[str, Any], answer: dict[str, Any], keep: Keep | None) -> None:
    """Pictures leave the answer; their names stay in `media["pictures"]`. A stranger's file made them: only what
    begins as a JPEG is kept."""
    pictures = answer.pop("pictures", {})
    for name, encoded in pictures.items() if isinstance(pictures, dict) else ():
        data = base64.b64decode(encoded)
        if keep and data.startswith(b"\xff\xd8\xff"):
            keep(name, data)
            media["pictures"] = sorted({*media.get("pictures", []), name})


def _nothing(why: str) -> dict[str, Any]:
    return {"kind": "unknown", "type": "", "whole": {"ok": True, "says": ""}, "undetermined": why}


@functools.cache
def tools() -> dict[str, str]:
    """Versions of what looks into files; kept with every check, so that a verdict can be explained later."""
    return {
        "probes": VERSION,
        "pymediainfo": importlib.metadata.version("pymediainfo"),
        "pypdfium2": importlib.metadata.version("pypdfium2"),
        "olefile": importlib.metadata.version("olefile"),
        "opencv": importlib.metadata.version("opencv-python-headless"),
        "zxing": importlib.metadata.version("zxing-cpp"),
        "defusedxml": importlib.metadata.version("defusedxml"),
        "ffmpeg": _ffmpeg(),
        "rapidocr": _version("rapidocr"),
        "onnxruntime": _version("onnxruntime"),
    }


def _version(package: str) -> str:
    """Of an extra; a box on which it is installed later looks again at what it could not read."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _ffmpeg() -> str:
    try:
        said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "missing"
    return said.split(" ")[2] if said.startswith("ffmpeg version ") else "unknown"
