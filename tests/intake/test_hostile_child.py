"""What unpacks a stranger's archive may be taken over by it: whatever it then says, the archive is refused with words."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from appliance.intake.archives.child import FRAME
from appliance.intake.archives.fenced import Fenced
from appliance.intake.archives.limits import Limits, Refused


def frame(letter: bytes, content: bytes = b"") -> bytes:
    return FRAME.pack(letter, len(content)) + content


def member(**told: object) -> bytes:
    told = {"raw": "61", "kind": "file", "size": 1, "encrypted": False} | told
    return frame(b"M", json.dumps(told).encode())


GOOD = member() + frame(b"D", b"x") + frame(b"E")
SAID = {
    "nothing": b"",
    "half a frame": b"M\0",
    "half a content": FRAME.pack(b"M", 100) + b"{",
    "no json": frame(b"M", b"{"),
    "no text": frame(b"M", b"\xff\xfe"),
    "a list": frame(b"M", b"[]"),
    "a number": frame(b"M", b"1"),
    "an empty object": frame(b"M", b"{}"),
    "ten thousand brackets": frame(b"M", b"[" * 100_000),
    "a number of 10,000 digits": frame(b"M", b'{"raw":"61","kind":"file","encrypted":false,"size":' + b"9" * 10_000 + b"}"),
    "a name that is no hex": member(raw="zz"),
    "a name that is a list": member(raw=["61"]),
    "a name without end": member(raw="61" * 100_000),
    "a size that is text": member(size="1"),
    "a size that is true": member(size=True),
    "a kind that is a list": member(kind=["file"]),
    "a kind that is a device": member(kind="device"),
    "a path that leads outside": member(raw=b"../x".hex()),
    "an absolute path": member(raw=b"/etc/x".hex()),
    "no name": member(raw=""),
    "an unknown letter": frame(b"Q", b"x"),
    "bytes of no member": frame(b"D", b"x"),
    "a member in a member": member() + member() + frame(b"E"),
    "an end amid a member": member() + frame(b"D", b"x") + frame(b"Z"),
    "a frame of 4 GB": FRAME.pack(b"D", 0xFFFFFFFF),
    "other bytes than it said": member(size=5) + frame(b"D", b"x") + frame(b"E") + frame(b"Z"),
    "no end": GOOD,
    "the same name twice": GOOD + GOOD + frame(b"Z"),
    "a refusal of its own": frame(b"X", b"\x1b[31m<script>"),
}  # fmt: skip


def taken(said: bytes, place: Path) -> list[str]:
    (place / "said").write_bytes(said)
    child = (sys.executable, "-c", f"import sys; sys.stdout.buffer.write(open({str(place / 'said')!r}, 'rb').read())")
    with (place / "archive").open("w+b") as archive:
        return [one.name for one in Fenced(archive, 100, "7zip", Limits(), child=child).prove()]


def test_a_child_that_tells_the_truth_is_heard(tmp_path: Path) -> None:
    assert taken(GOOD + member(raw="62", size=None) + frame(b"E") + frame(b"Z"), tmp_path) == ["a", "b"]


@pytest.mark.fault("H1", "H3", "F14")
@pytest.mark.parametrize("said", SAID.values(), ids=SAID.keys())
def test_whatever_a_taken_over_child_says_the_archive_is_refused_in_words_of_ours(said: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        taken(said, tmp_path)
    assert str(refused.value) and "script" not in str(refused.value) and "\x1b" not in str(refused.value)
