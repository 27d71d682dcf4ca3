"""Samples for videos: each rule once for micro-lessons and once for experiments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.rules.samples import VIDEO_ROLE, Sample, complete, video, with_media

HISTOGRAM = {"count": 1000, "mean_fps": 25.0}


def samples() -> Iterator[Sample]:
    for category, prefix in (("subject", ""), ("experiment", "experiment-")):
        yield from _picture(category, prefix)
        yield from _sound(category, prefix)
        yield from _opening(category, prefix)
        yield from _damage(category, prefix)
        yield from _size(category, prefix)
    yield from _lengths("primary", "duration-primary", 600, 900)
    yield from _lengths("junior", "duration-secondary", 900, 1200)
    yield from _lengths("senior", "duration-secondary", 900, 1200)
    yield from _lengths("primary", "duration-experiment", 2100, 2700, "experiment")


def _sample(rule: str, case: str, category: str, id: str, seconds: float = 720.0, **changes: Any) -> Sample:
    facts = with_media(complete(category), VIDEO_ROLE[category], video(seconds, **changes))
    return Sample(rule, (case,) if case else (), facts, f"{category}: {id}")


def _picture(category: str, prefix: str) -> Iterator[Sample]:
    def one(rule: str, case: str, id: str, **changes: Any) -> Sample:
        return _sample(f"{prefix}video-{rule}", case, category, id, **changes)

    yield one("codec", "", "H.264")
    yield one("codec", "wrong", "H.265", video__codec="HEVC")
    yield one("codec", "none", "sound only", video=None)
    yield one("codec", "undetermined", "codec not read", video__codec="")
    yield one("fps", "", "25 throughout")
    lost = {**HISTOGRAM, "histogram": [[40.0, 996], [80.0, 4]], "mean_fps": 24.96}
    yield one("fps", "", "four frames lost in a thousand", video__intervals=lost)
    yield one("fps", "wrong", "30", video__intervals={**HISTOGRAM, "histogram": [[33.3, 1000]], "mean_fps": 30.0})
    phone = {**HISTOGRAM, "histogram": [[33.3, 600], [50.0, 400]], "mean_fps": 25.0}
    yield one("fps", "varies", "a phone whose mean is 25", video__intervals=phone)
    yield one("fps", "undetermined", "no frame times", video__intervals={"undetermined": "画面太多，没有数完"})
    yield one("picture", "", "1920×1080")
    yield one("picture", "wrong", "1280×720", video__width=1280, video__height=720)
    yield one("picture", "wrong", "1440×1080 stretched", video__width=1440, video__sar=1.333)
    yield one("picture", "undetermined", "size not read", video__width=None)
    yield one("aspect", "", "16:9")
    yield one("aspect", "", "stretched to 16:9: the size is what is wrong", video__width=1440, video__sar=1.333)
    yield one("aspect", "wrong", "4:3", video__width=1440)
    yield one("aspect", "rotated", "portrait by a flag", video__rotation=90.0)
    yield one("aspect", "upside_down", "upside down by a flag", video__rotation=180.0)


def _sound(category: str, prefix: str) -> Iterator[Sample]:
    def one(rule: str, case: str, id: str, **changes: Any) -> Sample:
        return _sample(f"{prefix}video-{rule}", case, category, id, **changes)

    yield one("audio", "", "AAC that measures 124")
    yield one("audio", "none", "silent film", audio=None)
    yield one("audio", "wrong", "MP3", audio__codec="MPEG Audio")
    yield one("audio", "rate", "320 kbps", audio__bit_rate=320_000)
    yield one("audio", "undetermined", "codec not read", audio__codec="")
    yield one("sound", "", "a voice in a quiet room")
    yield one("sound", "", "no sound: another rule says so", audio=None)
    yield one("sound", "", "a card without any sound tells no floor", sound__floor=None)
    yield one("sound", "silent", "a dead microphone", sound__silent_share=0.9, sound__loudness=-60.0)
    yield one("sound", "pause", "two minutes without a sound", sound__longest_silence_s=120.0)
    yield one("sound", "quiet", "far from the microphone", sound__loudness=-38.0, sound__floor=-70.0)
    yield one("sound", "loud", "turned up too far", sound__loudness=-6.0)
    yield one("sound", "clipped", "cut off at full scale", sound__clipped_per_min=14_000.0)
    yield one("sound", "noisy", "a fan in the room", sound__floor=-28.0)
    yield one("sound", "undetermined", "half of it was heard", sound__heard_s=300.0)
    yield one("sound", "undetermined", "not decoded", sound={"undetermined": "声音解不出来，或者没有听完"})
    yield one("bitrate", "", "near 8 Mbps")
    yield one("bitrate", "low", "2 Mbps", video__bit_rate=2_000_000)
    yield one("bitrate", "high", "20 Mbps", video__bit_rate=20_000_000)


def _opening(category: str, prefix: str) -> Iterator[Sample]:
    def one(case: str, id: str, **opening: Any) -> Sample:
        return _sample(f"{prefix}title-card", case, category, id, opening=opening)

    yield one("still", "five seconds at rest", still_s=5.0)
    yield one("short", "two seconds at rest", still_s=2.0)
    yield one("long", "at rest to the end of the look", still_s=9.0)
    yield one("moving", "moves from the first second", still_s=0.0)
    yield one("undetermined", "not decoded", undetermined="开头的画面解不出来")
    yield _sample(f"{prefix}title-card", "", category, "sound only: another rule says so", video=None)


def _damage(category: str, prefix: str) -> Iterator[Sample]:
    def one(case: str, id: str, **changes: Any) -> Sample:
        return _sample(f"{prefix}video-damage", case, category, id, **changes)

    found = {"count": 30, "at": [[185.0, 185.2], [602.0, 720.0]]}
    yield one("", "every length adds up")
    yield one("", "no H.264 or H.265: another rule says so", nal={"other": "mp4v"})
    yield one("", "sound only: another rule says so", video=None)
    yield one("damaged", "zeros inside a picture", nal__damaged=found)
    yield one("doubtful", "zeros at the end of a picture", nal__doubtful=found)
    yield one("sound", "zeros where sound should be", nal__sound=found)
    yield one("undetermined", "lengths that nobody can follow", nal={"undetermined": "索引不完整"})
    yield one("undetermined", "nobody looked", nal={})


def _size(category: str, prefix: str) -> Iterator[Sample]:
    rule, gib = f"{prefix}video-size", 3 if category == "experiment" else 1
    facts, role = complete(category), VIDEO_ROLE[category]
    for case, size, id in (
        ("", gib * 10**9, "at the smaller gigabyte"), ("near", gib * 2**30, "at the limit"),
        ("over", gib * 2**30 + 1, "a byte over"),
    ):  # fmt: skip
        yield Sample(
            rule,
            (case,) if case else (),
            with_media(facts, role, video(1150.0), size=size),
            f"{category}: {id}",
        )


def _lengths(stage: str, rule: str, least: int, most: int, category: str = "subject") -> Iterator[Sample]:
    facts, role = complete(category, stage), VIDEO_ROLE[category]
    for case, seconds in (
        ("", least), ("", most), ("near", least - 30), ("near", most + 30), ("", most + 0.4),
        ("near", most + 30.4), ("short", least - 30.6), ("long", most + 30.5), ("undetermined", 0),
    ):  # fmt: skip
        yield Sample(rule, (case,) if case else (), with_media(facts, role, video(seconds)), f"{stage}: {seconds} s")
