"""Samples for what the pictures of a film show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.rules.samples import VIDEO_ROLE, Sample, complete, video, with_media

BLIND = {"undetermined": "画面解不出来"}
AD = {"text": "https://ads.example.com/join", "at": 3.0}
PLATFORM = {"text": "https://basic.smartedu.cn/syncClassroom", "at": 600.0}


def samples() -> Iterator[Sample]:
    for category in VIDEO_ROLE:
        yield from _rests(category)
        yield from _codes(category)
    for category in ("subject", "special"):
        yield from _teacher(category)
        yield from _light(category)
    yield from _sharp("experiment")


def _sample(rule: str, cases: str, category: str, id: str, **changes: Any) -> Sample:
    facts = with_media(complete(category), VIDEO_ROLE[category], video(720.0, **changes))
    return Sample(rule, tuple(cases.split()), facts, f"{category}: {id}")


def _rests(category: str) -> Iterator[Sample]:
    def one(cases: str, id: str, **changes: Any) -> Sample:
        return _sample("film-rests", cases, category, id, **changes)

    yield one("", "pictures throughout")
    yield one("", "sound only: another rule says so", video=None)
    yield one("", "a dissolve through black", frames__black=[[60.0, 61.5]])
    yield one("", "four seconds and nine tenths", frames__black=[[60.0, 64.9]])
    yield one("black", "five seconds", frames__black=[[60.0, 65.0]])
    yield one("black", "black before it begins and after it ended", frames__black=[[0.0, 8.0], [700.0, 720.0]])
    yield one("", "a slide stands still while the voice goes on", frames__still=[[100.0, 400.0]])
    yield one("", "silence while the picture goes on", sound__silences=[[100.0, 400.0]])
    thinking = {"frames__still": [[100.0, 400.0]], "sound__silences": [[341.0, 460.0]]}
    yield one("", "both rest for 59 s", **thinking)
    yield one("dead", "both rest for a minute", **{**thinking, "sound__silences": [[340.0, 460.0]]})
    yield one("undetermined", "two minutes that nobody saw", frames__widest_s=120.0)
    yield one("undetermined black", "black, and two minutes that nobody saw", frames__widest_s=120.0,
              frames__black=[[60.0, 90.0]])  # fmt: skip
    yield one("undetermined", "not decoded", frames=BLIND)
    yield one("undetermined", "nobody looked", frames={})


def _codes(category: str) -> Iterator[Sample]:
    def one(cases: str, id: str, **changes: Any) -> Sample:
        return _sample("advertising-codes", cases, category, id, **changes)

    yield one("", "none")
    yield one("", "sound only: another rule says so", video=None)
    yield one("", "the state's platform", frames__codes=[PLATFORM])
    yield one("found", "an advertisement", frames__codes=[PLATFORM, AD])
    yield one("found", "something that is no address", frames__codes=[{"text": "WIFI:S:a;;", "at": 1.0}])
    textbook = {"text": "https://www.pep.com.cn/x", "at": 8.0}
    yield one("textbook", "the textbook's own code", frames__codes=[PLATFORM, textbook])
    yield _sample("advertising-codes", "found textbook", category, "both", frames__codes=[AD, textbook])
    yield one("undetermined", "not decoded", frames=BLIND)


def _teacher(category: str) -> Iterator[Sample]:
    def one(cases: str, id: str, **changes: Any) -> Sample:
        return _sample("video-teacher", cases, category, id, **changes)

    yield one("", "in three of four pictures")
    yield one("", "in one of ten", frames__faces__seen=4)
    yield one("few", "in fewer than one of ten", frames__faces__seen=3)
    yield one("none", "in none", frames__faces__seen=0)
    yield one("", "sound only: another rule says so", video=None)
    yield one("undetermined", "nobody can look for faces", frames__faces={"undetermined": "没有装认人脸的程序"})
    yield one("undetermined", "not decoded", frames=BLIND)


def _light(category: str) -> Iterator[Sample]:
    def one(cases: str, id: str, **changes: Any) -> Sample:
        return _sample("video-light", cases, category, id, **changes)

    yield one("", "a lit room")
    yield one("", "sound only: another rule says so", video=None)
    yield one("dark", "dark throughout", frames__light__lightest=80.0, frames__faces__light=30)
    yield one("", "as dark as may be", frames__light__lightest=115.0)
    yield one("face", "against the window", frames__faces__light=50)
    yield one("sides", "lit from one side", frames__faces__sides=0.66)
    yield one("", "one drawing in the dark is no teacher", frames__faces__seen=1, frames__faces__light=50)
    yield one("", "no face", frames__faces={"undetermined": "没有装认人脸的程序"})
    yield one("undetermined", "not decoded", frames=BLIND)


def _sharp(category: str) -> Iterator[Sample]:
    def one(cases: str, id: str, **changes: Any) -> Sample:
        return _sample("experiment-sharp", cases, category, id, **changes)

    yield one("", "sharp and on a tripod")
    yield one("", "as soft as may be", frames__sharp__blur=0.5)
    yield one("blurred", "out of focus", frames__sharp__blur=0.72)
    yield one("shaky", "held in the hand", frames__steady__shake=0.02)
    yield one("blurred shaky", "both", frames__sharp__blur=0.72, frames__steady__shake=0.02)
    yield one("", "nothing but plain colours", frames__sharp__blur=None)
    yield one("", "sound only: another rule says so", video=None)
    yield one("undetermined", "not decoded", frames=BLIND)
