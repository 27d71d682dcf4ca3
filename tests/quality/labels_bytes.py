"""Films by how much of them there is: cut, damaged, too large, too short, too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.quality.labelled import ADVISE, RETURN, Labelled
from tests.samples.materials import clips, harms
from tests.samples.materials.clips import Clip

GIB, GB = 1 << 30, 10**9
# A clip of eight seconds is far too short, and thin enough that a higher bit rate is advised.
PLAIN = Clip()
SHORT = {"duration": RETURN, "bitrate": ADVISE}


def damage() -> Iterator[Labelled]:
    last = clips.Clip(mux=())  # the index at the end
    for kind, recipe in (("index first", Clip()), ("index last", last)):
        for share in (0.01, 0.5, 0.9, 0.999):
            yield harmed(f"cut at {share:.1%}, {kind}", harms.cut(share), recipe, quick=share == 0.5)
    yield Labelled("an empty file", lambda path: path.write_bytes(b"") and None, {"whole": RETURN})
    yield harmed("a tail of zeros, index first", harms.zero_tail(0.3), quick=True)
    yield harmed("a tail of zeros, index last", harms.zero_tail(0.3), last)
    yield harmed("never written, index first", harms.zero_tail(1.0))
    for share in (0.2, 0.5, 0.8):
        yield harmed(f"32 KiB of zeros at {share:.0%}", harms.zero(share, 32768), inside=True, quick=share == 0.5)
    yield harmed("4 KiB of noise in the picture", harms.noise(0.5, 4096), inside=True)
    yield harmed("no index", harms.without_box(b"moov"))
    yield harmed("no data", harms.without_box(b"mdat"))
    yield harmed("the data claims too much", harms.box_size(b"mdat", 0x7FFFFFFF), last)
    yield harmed("text behind the film", harms.after("后面还有字。".encode() * 500))


def harmed(id: str, harm: harms.Harm, recipe: Clip = PLAIN, *, inside: bool = False, quick: bool = False) -> Labelled:
    """To be returned as not whole, or, when the damage lies `inside`, as a whole file that is damaged."""
    make = lambda path: harms.harmed(clips.base(recipe), harm, path)  # noqa: E731
    return Labelled(id, make, {**SHORT, "damage": RETURN} if inside else {"whole": RETURN}, quick=quick)


def sizes() -> Iterator[Labelled]:
    for id, size, says in (
        ("10⁹ bytes", GB, {}), ("a byte more than 10⁹", GB + 1, {"size": ADVISE}), ("2³⁰ bytes", GIB, {"size": ADVISE}),
        ("a byte more than 2³⁰", GIB + 1, {"size": RETURN}),
    ):  # fmt: skip
        yield Labelled(id, _grown(size), {**SHORT, **says})
    for id, size, says in (
        ("experiment, 3×10⁹ bytes", 3 * GB, {}),
        ("experiment, over 3 GiB", 3 * GIB + 1, {"size": RETURN}),
    ):
        label = {"duration": ADVISE, "bitrate": ADVISE, **says}
        yield Labelled(id, _grown(size), label, "实验教学视频.mp4", "experiment_video", "experiment")


def _grown(size: int) -> Callable[[Path], None]:
    return lambda path: harms.harmed(clips.base(), harms.grown(size), path)


def lengths() -> Iterator[Labelled]:
    """Films of full length, joined from one clip of eight seconds, 25 frames a second: whole frames only."""
    for stage, least, most in (("primary", 600, 900), ("junior", 900, 1200)):
        for seconds, says in (
            (least - 32, RETURN), (least - 30, ADVISE), (least - 1, ADVISE), (least, ""), (most, ""), (most + 30, ADVISE),
            (most + 32, RETURN),
        ):  # fmt: skip
            label = {"bitrate": ADVISE, **({"duration": says} if says else {})}
            yield Labelled(f"{stage}: {seconds} s", _lasting(seconds), label, stage=stage)
    for seconds, says in ((2060, ADVISE), (2100, ""), (2700, ""), (2740, ADVISE)):
        label = {"bitrate": ADVISE, **({"duration": says} if says else {})}
        yield Labelled(f"experiment: {seconds} s", _lasting(seconds), label, "实验教学视频.mp4", "experiment_video",
                       "experiment")  # fmt: skip


def _lasting(seconds: int) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        listing = path.with_suffix(".txt")
        listing.write_text(f"file '{clips.base()}'\n" * (seconds // 8 + 1))
        clips.ffmpeg("-f", "concat", "-safe", "0", "-i", str(listing), "-t", str(seconds), "-c", "copy", str(path))
        listing.unlink()

    return make
