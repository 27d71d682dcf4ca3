"""Lesson videos at true length, cheaply: a card and 24 s of lesson are encoded, the rest is joined by copying.

Both segments come from one encoder setting and have whole closed GOPs, so the joined stream is what an editor
would export: uniform time steps, one parameter set. The faults that hands and phones make (half copies, HEVC,
variable rate …) start from the same segments.
"""

from __future__ import annotations

import struct
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from tests.samples import pictures, speech
from tests.samples.cache import built

BODY_S = 24
CARD_S = 5


@dataclass(frozen=True)
class Picture:
    """How the picture is encoded. `kbps` is an average; from 4000 on it is held constant with a noisy picture."""

    codec: str = "h264"
    fps: int = 25
    width: int = 1920
    height: int = 1080
    sar: str = "1"
    kbps: int = 300

    @property
    def name(self) -> str:
        return f"{self.codec}-{self.width}x{self.height}-{self.sar.replace('/', 'to')}-{self.fps}fps-{self.kbps}k"


@dataclass(frozen=True)
class Cut:
    """A whole video: `rounds` × 24 s of lesson after the card (5 s, when there is one)."""

    style: str = "fractions"
    rounds: int = 25
    card: tuple[tuple[str, str], ...] = ()
    picture: Picture = Picture()
    faststart: bool = True
    filter: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        return BODY_S * self.rounds + (CARD_S if self.card else 0)


def film(cut: Cut, path: Path) -> None:
    """Write `cut` as MP4."""
    beside = path.parent
    parts = [body(cut.style, cut.picture)] * cut.rounds
    if cut.card:
        card = beside / "card.mp4"
        pictures.title_card(cut.card, beside / "card.png")
        # Fed thinly, the still would sharpen at each key frame: no longer still. Only the rate differs, so the
        # parameter sets stay those of the body.
        picture = replace(cut.picture, kbps=max(cut.picture.kbps, 2000))
        still = ["-loop", "1", "-framerate", str(picture.fps), "-t", str(CARD_S), "-i", str(beside / "card.png")]
        _encode(still, "[0:v]null", CARD_S, picture, card)
        parts.insert(0, card)
    listing, voice = beside / "parts.txt", beside / "voice.aac"
    listing.write_text("".join(f"file '{part}'\n" for part in parts))
    speech.track(cut.style, cut.seconds, voice, lead_in=bool(cut.card))
    flags = ["-movflags", "+faststart"] if cut.faststart else []
    _ffmpeg(
        "-f",
        "concat",
        "-safe",
        "0",
        "-i",
        str(listing),
        "-f",
        "aac",
        "-i",
        str(voice),
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-c",
        "copy",
        *cut.filter,
        *flags,
        str(path),
    )
    for left in (beside / "card.mp4", beside / "card.png", listing, voice):
        left.unlink(missing_ok=True)


def body(style: str, picture: Picture) -> Path:
    """24 s of lesson: six slides change, the teacher walks before them."""
    return built(f"body-{style}-{picture.name}.mp4", lambda out: _body(style, picture, out), media=True)


def _body(style: str, picture: Picture, out: Path) -> None:
    folder = out.parent
    show = folder / "show.txt"
    each = BODY_S / len(pictures.SLIDES[style])
    slides = pictures.slides(style, folder)
    show.write_text("".join(f"file '{slide}'\nduration {each}\n" for slide in (*slides, slides[-1])))
    pictures.teacher(folder / "teacher.png")
    walk = f"[0:v]fps={picture.fps}[slides];[slides][1:v]overlay=x='1200+150*sin(t*0.8)':y='500+12*sin(t*5)':shortest=1"
    figure = ["-loop", "1", "-framerate", str(picture.fps), "-t", str(BODY_S), "-i", str(folder / "teacher.png")]
    _encode(["-f", "concat", "-safe", "0", "-i", str(show), *figure], walk, BODY_S, picture, out)


def _encode(inputs: list[str], graph: str, seconds: int, picture: Picture, out: Path) -> None:
    shape = f"scale={picture.width}:{picture.height},setsar={picture.sar},format=yuv420p"
    if picture.kbps >= 4000:
        shape += ",noise=alls=12:allf=t"
    _ffmpeg(
        *inputs,
        "-filter_complex",
        f"{graph},{shape}[v]",
        "-map",
        "[v]",
        "-an",
        "-r",
        str(picture.fps),
        "-frames:v",
        str(seconds * picture.fps),
        *_codec(picture),
        "-threads",
        "2",
        str(out),
    )


def _codec(picture: Picture) -> list[str]:
    gop = str(picture.fps * 2)
    rate = f"{picture.kbps}k"
    if picture.codec == "hevc":
        return [
            "-c:v",
            "libx265",
            "-preset",
            "ultrafast",
            "-b:v",
            rate,
            "-tag:v",
            "hvc1",
            "-x265-params",
            f"pools=2:log-level=error:keyint={gop}:open-gop=0",
        ]
    held = []
    if picture.kbps >= 4000:
        held = ["-minrate", rate, "-maxrate", rate, "-bufsize", rate, "-x264-params", "nal-hrd=cbr"]
    return [
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-profile:v",
        "high",
        "-level",
        "4.0",
        "-g",
        gop,
        "-b:v",
        rate,
        *held,
    ]


def _ffmpeg(*words: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *words], check=True)


# Phones stretch some frames: every third one comes 8 ms late (512 ticks a frame at 25 fps).
UNEVEN = ("-bsf:v", "setts=pts=PTS+100*mod(floor(PTS/512)\\,3):dts=DTS+100*mod(floor(DTS/512)\\,3)")


def constant(cut: Cut, **changes: object) -> Cut:
    """`cut` with another picture."""
    return replace(cut, picture=replace(cut.picture, **changes))  # type: ignore[arg-type]


def cut_in_half(path: Path) -> None:
    """The stick was pulled: the first half arrived."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def zero_the_tail(path: Path, share: float = 0.1) -> None:
    """The file system had reserved the size, the last bytes never came."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size - int(size * share))
        while (left := size - file.tell()) > 0:
            file.write(bytes(min(left, 1 << 20)))


def turn(path: Path) -> None:
    """Mark the picture as turned by 90°, as a phone held upright does: the matrix in the video's tkhd."""
    with path.open("r+b") as file:
        head = file.read(1 << 20)
        matrix = head.index(b"tkhd") + 4 + 4 + 36  # version 0: 36 bytes of times, ids, layer, volume
        file.seek(matrix)
        file.write(struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 1080 << 16, 0, 1 << 30))
