"""Films that are copies of what another lesson holds, and films that only look like it: same teacher, room, template.

They are small and run at five frames a second, which other rules rightly return."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.originality import lessons_filmed as filmed
from tests.originality.test_picture import COPIES, MAKERS
from tests.quality.labelled import ADVISE, PERSON, RETURN, Labelled, Make

_SECONDS = 150
_SMALL = {"fps": RETURN, "picture": RETURN, "duration": RETURN, "audio": RETURN, "bitrate": ADVISE}
_TALL = {"aspect": RETURN}  # with its bars the picture is 4:3
_SHOWN = ("smaller", "trimmed", "bars above and below", "retitled")


def labels() -> Iterator[Labelled]:
    for kind in MAKERS:
        for name in _SHOWN:
            more = _TALL if name == "bars above and below" else {}
            yield _film(f"copy, {kind}, {name}", _copy(kind, COPIES[name]), kind, {"alike": PERSON, **more})
        yield _film(f"next lesson, {kind}", _lesson(kind, 2), kind, {})


def _film(id: str, make: Make, kind: str, says: dict[str, str]) -> Labelled:
    return Labelled(id, make, {**_SMALL, **says}, judged=("alike",), full=("alike",), held=_lesson(kind, 1))


def _lesson(kind: str, seed: int) -> Make:
    return lambda path: _made(kind, seed, path)


def _made(kind: str, seed: int, path: Path) -> None:
    filmed.film(path, MAKERS[kind](seed, _SECONDS))


def _copy(kind: str, filters: str) -> Make:
    def make(path: Path) -> None:
        source = path.with_name("source.mp4")
        _made(kind, 1, source)
        filmed.again(path, source, filters)

    return make
