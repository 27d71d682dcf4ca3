"""What a file is. Each file is looked into by a child process with bounds on memory, time and the network:

1. `sort_of`    tells the sort from the first bytes; names are not believed
2. `container`  says from structure whether the file is whole
3. `parent`     starts `child`, which fences itself in (`fence`) and runs one of `LOOKS`
4. what comes back is a plain dict, `media`; what could not be looked at says so in `undetermined`

`media` always has `kind` (video docx pptx xlsx zip pdf image ole unknown), `type` (mp4 mkv png …) and `whole`
({ok, says}). A video has `duration_s`, `video`, `audio`, `opening`, `sound`; a docx `headings`, `text_chars`, `pictures`;
a pdf `pages`, `headings`, `text_chars`; a pptx `slides`; see the modules. Sizes are bytes, rates bit/s, times seconds unless a name says otherwise.
"""

from __future__ import annotations

import functools
import importlib.metadata
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appliance.probes.container import whole
from appliance.probes.parent import look
from appliance.probes.sort_of import sort_of

VERSION = "3"  # raise it when a probe measures differently, so that stored measurements are made again


def probe(path: Path) -> dict[str, Any]:
    """Never raises for a bad file. Types come from the bytes alone, so what is measured holds for their hash."""
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
    media.update(seen)
    if media["kind"] == "video" and "undetermined" not in media:
        opening = look("opening", path)
        media["opening"] = opening
        _intervals(media, path)
        if media.get("audio") and media["whole"]["ok"]:
            media["sound"] = look("sound", path)
    return media


def _intervals(media: dict[str, Any], path: Path) -> None:
    """Frame times that the boxes do not tell (fragmented MP4, other containers) are read packet by packet."""
    picture = media.get("video")
    if picture and not picture.get("intervals") and media.get("whole", {}).get("ok"):
        picture["intervals"] = look("packets", path)


def _nothing(why: str) -> dict[str, Any]:
    return {"kind": "unknown", "type": "", "whole": {"ok": True, "says": ""}, "undetermined": why}


@functools.cache
def tools() -> dict[str, str]:
    """Versions of what looks into files; kept with every check, so that a verdict can be explained later."""
    return {
        "probes": VERSION,
        "pymediainfo": importlib.metadata.version("pymediainfo"),
        "pypdfium2": importlib.metadata.version("pypdfium2"),
        "defusedxml": importlib.metadata.version("defusedxml"),
        "ffmpeg": _ffmpeg(),
    }


def _ffmpeg() -> str:
    try:
        said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "missing"
    return said.split(" ")[2] if said.startswith("ffmpeg version ") else "unknown"
