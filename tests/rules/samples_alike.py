"""Samples for originality (G8): what is alike, in whose lesson, how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from appliance.model import Alike, LessonFacts
from tests.rules.samples import Sample, complete, video, with_media

PLAN, FILM = "plan.docx", "微课.mp4"


def like(*rows: Alike) -> LessonFacts:
    return replace(complete(), alike=rows)


def samples() -> Iterator[Sample]:
    yield Sample("alike", (), complete(), "nothing alike")
    yield Sample("alike", ("same",), like(Alike(PLAN, "file", 1.0, lesson=12)), "the very file of another lesson")
    yield Sample("alike", ("text",), like(Alike(PLAN, "text", 0.3, 900, 0.1, 0.6, 12)), "just three tenths")
    yield Sample("alike", (), like(Alike(PLAN, "text", 0.29, 900, 0.1, 0.6, 12)), "a little less")
    yield Sample("alike", ("text",), like(Alike(PLAN, "text", 0.82, 900, lesson=0)), "an entry of an imported list")
    yield Sample("alike", ("sound",), like(Alike(FILM, "sound", 0.95, 690.0, 5.0, 700.0, 12)), "a film again")
    yield Sample("alike", ("passage",), like(Alike(FILM, "sound", 0.05, 36.0, 90.0, 126.0, 12)), "a quoted film")
    yield Sample("alike", (), like(Alike(FILM, "sound", 0.02, 12.0, 0.0, 12.0, 12)), "one opening music")
    yield Sample("alike", ("own",), like(Alike(PLAN, "text", 0.9, 900, lesson=3, own=True)), "the teacher's own")
    mixed = like(Alike(PLAN, "text", 0.9, 900, lesson=3, own=True), Alike(PLAN, "text", 0.4, 500, lesson=4))
    yield Sample("alike", ("text",), mixed, "another's weighs more than the teacher's own")
    unheard = with_media(complete(), "video", video(720.0, sound={"undetermined": "声音解不出来，或者没有听完"}))
    yield Sample("alike", ("undetermined",), unheard, "no print could be made")
    yield from _pictures()


def shown(score: float, scenes: int, lesson: int = 12, own: bool = False) -> Alike:
    """This many pictures are the same."""
    moments = tuple((20.0 * n, 20.0 * n) for n in range(scenes))
    return Alike(FILM, "picture", score, 600.0, 5.0, 700.0, lesson, own, moments=moments)


def _pictures() -> Iterator[Sample]:
    yield Sample("alike", ("picture",), like(shown(0.25, 12)), "a silent copy, by its pictures")
    yield Sample("alike", ("scenes",), like(shown(0.24, 12)), "some pictures of another film")
    yield Sample("alike", (), like(shown(0.5, 5)), "five pictures only")
    yield Sample("alike", ("own",), like(shown(0.9, 30, 3, own=True)), "the teacher's own film")
    sound = Alike(FILM, "sound", 0.95, 690.0, 5.0, 700.0, 12)
    yield Sample("alike", ("sound",), like(sound, shown(0.6, 20)), "sound and pictures of one lesson are told once")
    yield Sample("alike", ("sound", "picture"), like(sound, shown(0.6, 20, 15)), "two lessons, two reasons")
