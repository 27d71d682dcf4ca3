"""A video's streams, by MediaInfo, and its frame intervals, by its own tables."""

from __future__ import annotations

from typing import Any, BinaryIO

from pymediainfo import MediaInfo, Track

from appliance.probes.film.mp4 import intervals


def look(file: BinaryIO, size: int) -> dict[str, Any]:
    """`{"duration_s", "streams", "video": {codec profile width height sar rotation scan bit_rate intervals},
    "audio": {codec channels rate bit_rate}, "truncated"}`; `video` or `audio` is `None` when there is none."""
    # The open file itself is read again by number, so that nobody can swap it by name.
    info = MediaInfo.parse(f"/proc/self/fd/{file.fileno()}", mediainfo_options={"File_TestContinuousFileNames": "0"})
    general = info.general_tracks[0] if info.general_tracks else None
    if general is None or not (info.video_tracks or info.audio_tracks):
        return {"undetermined": "读不出画面和声音的信息"}
    seconds = _number(general.duration)
    picture = _picture(info.video_tracks[0]) if info.video_tracks else None
    if picture:
        picture["intervals"] = intervals.intervals(file, size)
    return {
        "duration_s": seconds / 1000 if seconds else None,
        "streams": {"video": len(info.video_tracks), "audio": len(info.audio_tracks)},
        "video": picture,
        "audio": _sound(info.audio_tracks[0]) if info.audio_tracks else None,
        "truncated": general.istruncated == "Yes",
        "made_with": _word(general.writing_application) or _word(general.writing_library),
    }


def _picture(track: Track) -> dict[str, Any]:
    return {
        "codec": _word(track.format), "profile": _word(track.format_profile),
        "width": _whole(track.width),
        "height": _whole(track.height), "sar": _number(track.pixel_aspect_ratio) or 1.0,
        "rotation": _number(track.rotation) or 0.0, "scan": _word(track.scan_type),
        "bit_rate": _whole(track.bit_rate),
    }  # fmt: skip


def _sound(track: Track) -> dict[str, Any]:
    return {
        "codec": _word(track.format), "channels": _whole(track.channel_s), "rate": _whole(track.sampling_rate),
        "bit_rate": _whole(track.bit_rate),
    }  # fmt: skip


def _word(value: object) -> str:
    """A stranger's file writes these: short, printable."""
    return "".join(char for char in str(value or "") if char.isprintable())[:40]


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and abs(number) < 1e15 else None
