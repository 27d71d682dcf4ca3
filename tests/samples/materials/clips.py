"""Clips of some seconds: a title card at rest, then slides with a teacher walking before them, and a voice.

`Clip` says how it is encoded, as phones, recorders and editors do it; `write` encodes, `remux` copies what is there into
another container or with another sound.
"""

from __future__ import annotations

import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

from tests.samples import pictures, speech
from tests.samples.materials import made
from tests.samples.words import Words

WORDS = Words("分数的初步认识", "教师甲")
EXPERIMENT = Words("摆的快慢", "教师子", "示例实验小学", "experiment", subject="科学", grade="五年级", textbook="教科版",
                   volume="下册")  # fmt: skip

H264 = ("-c:v", "libx264", "-preset", "superfast", "-profile:v", "high", "-g", "50")
HEVC = (
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-tag:v",
    "hvc1",
    "-x265-params",
    "pools=2:log-level=error:keyint=50",
)
AAC = ("-c:a", "aac", "-b:a", "128k")
COPIED = ("-c:a", "copy")  # the voice as it was spoken: AAC, 128 kbps, 48 kHz, stereo
SILENT = ("-an",)
FAST = ("-movflags", "+faststart")


@dataclass(frozen=True)
class Clip:
    """`card` and `body`: seconds. `look`: more video filters at the end. `fps`: of the encoder; "" leaves the times as
    the filters made them. `sound` and `mux`: ffmpeg's options."""

    codec: tuple[str, ...] = H264
    fps: str = "25"
    width: int = 1920
    height: int = 1080
    sar: str = "1"
    kbps: int = 600
    card: float = 5
    body: float = 3
    words: Words = WORDS
    look: str = ""
    sound: tuple[str, ...] = COPIED
    mux: tuple[str, ...] = FAST


def write(clip: Clip, path: Path) -> None:
    """Encode `clip`. Each picture is read once and repeated by a filter: reading it anew for every frame costs more
    than encoding it."""
    rate = clip.fps or "30"
    stills = [(card_of(clip.words), clip.card)] if clip.card else []
    stills += [(slide(), clip.body), (figure(), clip.body)]
    steps = [
        f"[{at}:v]loop=-1:1,setpts=N/({rate})/TB,fps={rate},trim=duration={seconds}[s{at}]"
        for at, (_, seconds) in enumerate(stills)
    ]
    at = len(stills) - 2
    steps.append(f"[s{at}][s{at + 1}]overlay=x='1100+300*sin(t*1.3)':y='480+30*sin(t*5)'[body]")
    joined = "[s0]format=yuv420p,setsar=1[card];[body]format=yuv420p,setsar=1[rest];[card][rest]concat=n=2:v=1:a=0"
    end = f"scale={clip.width}:{clip.height},setsar={clip.sar}{',' if clip.look else ''}{clip.look}"
    steps.append(f"{joined if at else '[body]format=yuv420p'},{end}[v]")
    inputs = [word for picture, _ in stills for word in ("-i", str(picture))]
    timing = ["-r", clip.fps] if clip.fps else ["-fps_mode", "vfr"]
    heard = clip.sound != SILENT
    source = ["-f", "aac", "-i", str(voice(clip.card + clip.body))] if heard else []
    ffmpeg(
        *inputs, *source, "-filter_complex", ";".join(steps), "-map", "[v]",
        *(["-map", f"{len(stills)}:a"] if heard else []), *timing, *clip.codec,
        "-b:v", f"{clip.kbps}k", "-maxrate", f"{4 * clip.kbps}k", "-bufsize", f"{8 * clip.kbps}k", "-threads", "2",
        *clip.sound, *clip.mux, str(path),
    )  # fmt: skip


def base(clip: Clip = Clip()) -> Path:
    """The clip that many copies start from."""
    name = f"base-{zlib.crc32(repr(clip).encode()):08x}.mp4"
    return made(name, lambda path: write(clip, path))


def remux(path: Path, *options: str, source: Path | None = None, before: tuple[str, ...] = ()) -> None:
    """The base clip again, the picture copied: `options` say what is done with sound and container."""
    ffmpeg(*before, "-i", str(source or base()), "-c:v", "copy", *options, str(path))


def filtered_sound(path: Path, graph: str, *options: str) -> None:
    """The base clip with its sound changed by `graph`."""
    remux(path, "-af", graph, *(options or AAC), *FAST)


def card_of(words: Words) -> Path:
    return made(f"card-{words.category}.png", lambda path: pictures.title_card(words.card, path))


def slide() -> Path:
    return made("slide.png", lambda path: pictures.slides("fractions", path.parent)[1].rename(path) and None)


def figure() -> Path:
    return made("teacher.png", pictures.teacher)


def voice(seconds: float) -> Path:
    return made(f"voice-{seconds}.aac", lambda path: speech.track("fractions", seconds, path, lead_in=False))


def ffmpeg(*words: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *words], check=True)
