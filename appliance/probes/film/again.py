"""Decodes once more only those pictures of a film that were chosen for reading, and gives the part that is to be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from appliance.probes.film import reel
from appliance.probes.film.chosen import Chosen, understood
from appliance.probes.film.distinct import Distinct
from appliance.probes.film.outline import Outline, outline


def chosen(file: BinaryIO, earlier: Mapping[str, Any]) -> tuple[list[Chosen], int] | None:
    """The pictures, and how many different ones there were; found here when no look handed them on. `None`: there is
    no picture."""
    handed = understood(earlier.get("frames"))
    film = None if handed else outline(file)
    return handed or (_found(file, film) if film else None)


def _found(file: BinaryIO, film: Outline) -> tuple[list[Chosen], int] | None:
    distinct = Distinct()
    for picture in reel.key_frames(file, film):
        distinct.see(picture)
    return (distinct.spared.kept, distinct.spared.count) if distinct.seen else None


def parts(file: BinaryIO, wanted: Sequence[Chosen]) -> Iterator[tuple[float, Any]]:
    """Second, and what is to be read there (height×width×3, BGR); fewer when the film breaks off."""
    film = outline(file) if wanted else None
    if film is None:
        return
    pictures = reel.key_frames(file, film, [one.number for one in wanted])
    for one, picture in zip(wanted, pictures, strict=False):
        rows, columns = picture.grey.shape
        left, top, right, bottom = one.box
        part = picture.thumbnail(columns, rows)[top:bottom, left:right]
        if part.size:
            yield one.at, part
