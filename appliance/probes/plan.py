"""Which looks there are, in the order in which they are taken: what they run, within what bounds, and when.

A look of a sort (`sort_of` names it) comes first and merges into `media`; the answer of every other look stands in
`media[name]`, and its `pictures` go to the evidence. Adding a look is one module with `look(file, size)`, one row here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from appliance.model import Turn
from appliance.probes.fence import Bounds

Media = Mapping[str, Any]
_MB = 1 << 20


@dataclass(frozen=True)
class Look:
    """`bounds`: address space, CPU and wall time of the child. `turn`: before the first answer, or after it.
    `wanted`: whether what is known of a file asks for this look; a look of a sort is asked for by `sort_of`.
    `after`: looks whose answers this one is given, when they are there, as the third argument of its `look`."""

    name: str
    module: str
    bounds: Bounds
    turn: Turn = Turn.FIRST
    wanted: Callable[[Media], bool] = lambda media: False
    after: tuple[str, ...] = ()


def _film(media: Media) -> bool:
    return media["kind"] == "video" and "undetermined" not in media


def _pages(media: Media) -> bool:
    """What may be a scan: an image, or a PDF that opens without a password."""
    if media["kind"] not in ("image", "pdf") or "undetermined" in media or not media["whole"]["ok"]:
        return False
    return not media.get("encrypted")


def _scans(media: Media) -> bool:
    """Of those, an image or a PDF with a picture on each page: reading a page costs 2 s."""
    return _pages(media) and (media["kind"] == "image" or media.get("images", 0) >= media.get("pages", 0))


def _whole_picture(media: Media) -> bool:
    return _film(media) and bool(media.get("video")) and media["whole"]["ok"]


def _whole_sound(media: Media) -> bool:
    return _film(media) and bool(media.get("audio")) and media["whole"]["ok"]


def _with_pictures(media: Media) -> bool:
    if media.get("undetermined") or media.get("encrypted") or not media["whole"]["ok"]:
        return False
    return media["kind"] in ("docx", "pptx", "xlsx", "pdf") or media.get("type") in ("doc", "ppt")


def _deck(media: Media) -> bool:
    return _with_pictures(media) and (media["kind"] == "pptx" or media.get("type") == "ppt")


def _without_frame_table(media: Media) -> bool:
    """Frame times that the boxes do not tell: fragmented MP4, other containers."""
    return _whole_picture(media) and not media["video"].get("intervals")


def _deck_with_films(media: Media) -> bool:
    return bool(media.get("embedded"))


# Address space: ffmpeg with one thread decodes 1080p H.264 and H.265 within 300 MB of it (80 MB resident).
# Reading (card, words, map_pictures, names): 580 MB of it, of which 330–370 MB resident.
# Sound: a class of 45 minutes takes 18 s on x86-64, eight times that on a Pi 4.
# Frames: OpenCV takes 420 MB of it before it does anything, and 85 MB of memory.
LOOKS: tuple[Look, ...] = (
    Look("video", "appliance.probes.film.video", Bounds(512 * _MB, 60, 120)),
    Look("office", "appliance.probes.documents.office", Bounds(512 * _MB, 30, 60)),
    Look("pdf", "appliance.probes.documents.pdf", Bounds(512 * _MB, 30, 60)),
    Look("image", "appliance.probes.documents.image", Bounds(512 * _MB, 10, 30)),
    Look("ole", "appliance.probes.documents.ole", Bounds(512 * _MB, 20, 60)),
    Look("table", "appliance.probes.documents.table", Bounds(512 * _MB, 60, 120)),  # a roster, which is no material
    # Only when somebody wants to see the page (`appliance/reports/scan_picture.py`), never for a check.
    Look("first_page", "appliance.probes.documents.first_page", Bounds(512 * _MB, 20, 40)),
    Look("packets", "appliance.probes.film.packets", Bounds(512 * _MB, 120, 240), Turn.FIRST, _without_frame_table),
    Look("nal", "appliance.probes.film.damage.nal", Bounds(512 * _MB, 120, 600), Turn.FULL, _whole_picture),
    Look("opening", "appliance.probes.film.opening", Bounds(512 * _MB, 60, 120), Turn.FULL, _film),
    Look("films", "appliance.probes.slides.films", Bounds(256 * _MB, 30, 60), Turn.FULL, _deck_with_films),
    Look("card", "appliance.probes.film.card", Bounds(1024 * _MB, 90, 240), Turn.FULL, _whole_picture),
    Look("sound", "appliance.probes.film.sound", Bounds(512 * _MB, 240, 480), Turn.FULL, _whole_sound),
    Look("frames", "appliance.probes.film.frames", Bounds(1024 * _MB, 240, 480), Turn.FULL, _whole_picture),
    Look("writing", "appliance.probes.documents.writing", Bounds(512 * _MB, 60, 120), Turn.FULL, _pages),
    Look("names", "appliance.probes.documents.names", Bounds(1024 * _MB, 300, 600), Turn.FULL, _scans),
    Look("codes", "appliance.probes.documents.codes", Bounds(512 * _MB, 60, 120), Turn.FULL, _with_pictures),
    Look("map_pictures", "appliance.probes.slides.map_pictures", Bounds(1024 * _MB, 300, 600), Turn.FULL, _deck),
    Look("words", "appliance.probes.film.words", Bounds(1024 * _MB, 300, 600), Turn.FULL, _whole_picture, ("frames",)),
)
BY_NAME: dict[str, Look] = {one.name: one for one in LOOKS}


def due(media: Media, until: Turn) -> list[Look]:
    """The looks that are still to be taken, those of the first turn first."""
    turns = (Turn.FIRST,) if until == Turn.FIRST else (Turn.FIRST, Turn.FULL)
    return [
        one for turn in turns for one in LOOKS if one.turn == turn and one.name not in media and one.wanted(media)
    ]  # fmt: skip


def share(media: Media) -> float:
    """How much of the looks of the second turn has been taken, 0–1."""
    wanted = [one for one in LOOKS if one.turn == Turn.FULL and one.wanted(media)]
    return sum(one.name in media for one in wanted) / len(wanted) if wanted else 1.0
