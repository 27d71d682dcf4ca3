"""The kinds of rules. A row of an edition names one; adding a kind is one file here, one line below, one test."""

from __future__ import annotations

from appliance.rules.kinds import (
    aspect,
    audio,
    bitrate,
    codec,
    count,
    duration,
    evidence,
    file_type,
    fps,
    has_text,
    identified,
    looked,
    opening,
    picture,
    presence,
    scans,
    sections,
    size,
    slides,
    sound,
    stage_subject,
    whole,
)
from appliance.rules.remark import Kind

KINDS: dict[str, Kind] = {
    "identified": identified.KIND,
    "presence": presence.KIND,
    "count": count.KIND,
    "evidence": evidence.KIND,
    "scans": scans.KIND,
    "stage_subject": stage_subject.KIND,
    "whole": whole.KIND,
    "looked": looked.KIND,
    "file_type": file_type.KIND,
    "size": size.KIND,
    "duration": duration.KIND,
    "codec": codec.KIND,
    "fps": fps.KIND,
    "picture": picture.KIND,
    "aspect": aspect.KIND,
    "bitrate": bitrate.KIND,
    "audio": audio.KIND,
    "sound": sound.KIND,
    "opening": opening.KIND,
    "has_text": has_text.KIND,
    "sections": sections.KIND,
    "slides": slides.KIND,
}
