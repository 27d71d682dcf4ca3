"""Damage inside a film: sectors of zeros, blocks that were overwritten, lengths that do not add up.

The file is read once; nothing is decoded. A decoder hides most such damage: it paints over it. What differs only in
content, with every length as it should be, structure cannot tell; only the fingerprint in the hand-in form can.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from itertools import groupby, islice, pairwise
from typing import Any, BinaryIO

from appliance.probes.container import boxes
from appliance.probes.film.damage.byte_runs import Runs, windows
from appliance.probes.film.damage.nal_walk import Walk
from appliance.probes.film.damage.nal_zeros import Judge
from appliance.probes.film.mp4.samples import track
from appliance.probes.film.mp4.track import NotTold, Track, numbers

_SECTOR = 512
_ERASED = 16 * 1024  # bytes of 0xFF: flash that was erased and not written; shorter runs a plain picture can make
_NO_SIZE = 64  # frames one after another without a size: a part of the index is gone
_TRUSTED = 0.5  # share of samples that must add up, or else we do not understand this film
_SHOWN = 20
_AVC, _HEVC = ("avcC", 4), ("hvcC", 21)  # the box that tells the width of a length, and where in it
_CODECS = {
    b"avc1": _AVC, b"avc2": _AVC, b"avc3": _AVC, b"hvc1": _HEVC, b"hev1": _HEVC, b"dvh1": _HEVC, b"dvhe": _HEVC,
}  # fmt: skip
_SLICES: dict[tuple[str, int], Callable[[int], bool]] = {
    _AVC: lambda head: 1 <= head & 31 <= 5, _HEVC: lambda head: head >> 1 & 63 < 32,
}  # fmt: skip


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"samples", "damaged": {"count", "at": [[from, to] …]}, "doubtful": …, "sound": …}`, seconds of the film;
    `{"other": codec}` for films that are not made of NAL units; `{"undetermined": why}`."""
    try:
        film = track(file, size, b"vide")
        if film is None:
            return {"other": ""}
        if film.codec not in _CODECS:
            return {"other": film.codec.decode("latin-1")}
        return _looked(file, size, film)
    except NotTold as why:
        return {"undetermined": str(why)}


def _looked(file: BinaryIO, size: int, film: Track) -> dict[str, Any]:
    order = _ordered(film)
    inside = [number for number in order if film.places[number] + film.sizes[number] <= size]
    places = array("Q", (film.places[number] for number in inside))
    sizes = array("Q", (film.sizes[number] for number in inside))
    walk = Walk(places, sizes, _width(file, film))
    zeros, ones = Runs(b"\0", _SECTOR), Runs(b"\xff", _ERASED)
    for window, base in windows(file, places[0], places[-1] + sizes[-1], _ERASED) if places else ():
        walk.through(window, base)
        zeros.through(window, base)
        ones.through(window, base)
    if zeros.too_many or ones.too_many or not walk.done:
        raise NotTold("空数据太多，没有查完")
    broken = set(walk.broken)
    judge = Judge(file, places, sizes, walk.width, _SLICES[_CODECS[film.codec]], broken)
    told = judge.zeros(zeros.found)
    if len(broken - told.damaged) > (1 - _TRUSTED) * max(len(inside), 1):
        raise NotTold("画面的写法不常见，没有看懂")
    last = {len(inside) - 1} if inside[-1:] == [len(film.sizes) - 1] else set[int]()  # the recorder was stopped
    damaged = told.damaged | (broken - last)
    doubtful = (told.in_doubt | judge.in_slices(ones.found) | broken) - damaged
    outside = set(order) - set(inside)
    return {
        "samples": len(order),
        "damaged": _when(film, {inside[number] for number in damaged} | outside),
        "doubtful": _when(film, {inside[number] for number in doubtful} | _without_size(film)),
        "sound": _silent_frames(file, size, zeros.found),
    }


def _ordered(film: Track) -> list[int]:
    """Samples with a size, as they lie in the file. Raises `NotTold` when some lie in each other."""
    order = [number for number, size in enumerate(film.sizes) if size]
    order.sort(key=film.places.__getitem__)  # mostly sorted already
    if any(film.places[one] + film.sizes[one] > film.places[other] for one, other in pairwise(order)):
        raise NotTold("索引前后对不上")
    if not order:
        raise NotTold("索引里没有画面")
    return order


def _width(file: BinaryIO, film: Track) -> int:
    """Bytes of a unit's length; a film that was joined from parts may have several sample entries, all alike."""
    kind, at = _CODECS[film.codec]
    widths = set()
    for entry in islice(film.entries(file), film.kinds):
        told = next((box for box in boxes(file, entry.start, entry.end) if box.kind == kind.encode()), None)
        if told is None or _CODECS.get(entry.kind) != (kind, at):
            raise NotTold("没有写编码的参数")
        widths.add((numbers(file, told.start + at, ">B")[0] & 3) + 1)
    if len(widths) != 1:
        raise NotTold("画面的写法不常见，没有看懂")
    return widths.pop()


def _without_size(film: Track) -> set[int]:
    gone = set[int]()
    for empty, run in groupby(range(len(film.sizes)), lambda number: not film.sizes[number]):
        numbers = list(run) if empty else []
        gone.update(numbers if len(numbers) >= _NO_SIZE else [])
    return gone


def _silent_frames(file: BinaryIO, size: int, zeros: list[tuple[int, int]]) -> dict[str, Any]:
    """Frames of compressed sound that are nothing but zeros: no encoder writes them, silence has a form of its own."""
    try:
        sound = track(file, size, b"soun") if zeros else None
    except NotTold:
        sound = None
    if sound is None or sound.codec != b"mp4a" or sound.kinds != 1:
        return {"count": 0, "at": []}
    judge = Judge(file, sound.places, sound.sizes, 4, lambda head: True, set())
    gone = {
        number
        for start, end in zeros
        for number in judge.touched(start, end)
        if start <= sound.places[number] and sound.places[number] + sound.sizes[number] <= end
    }
    return _when(sound, gone)


def _when(film: Track, samples: Iterable[int]) -> dict[str, Any]:
    """How many, and the seconds from which to which, gaps of less than a second left out."""
    numbers = sorted(samples)
    spans: list[list[float]] = []
    for number in numbers:
        second = round(film.second(number), 1)
        if spans and 0 <= second - spans[-1][1] < 1:
            spans[-1][1] = second
        elif len(spans) < _SHOWN:
            spans.append([second, second])
    return {"count": len(numbers), "at": spans}
