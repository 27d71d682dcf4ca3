"""`python -m tests.bench.adverts`: which short pieces of advertising in the middle of a lesson are found (G7).

A lesson of twelve minutes, another slide every 24 s, the teacher walking; eight times an advertisement with a telephone
number of its own: the whole picture or a strip below, for 3 s or 5 s. Encoded as an editor, a phone and a streaming
program do.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from appliance.probes.parent import look
from tests.samples import pictures
from tests.samples.cache import built
from tests.samples.materials.clips import ffmpeg

SECONDS, SLIDE_S = 720, 24
SIZE = (960, 540)  # what is read is this large anyway
_STRIP = 60
_SLOGANS = ("名师一对一", "暑期班招生", "同步练习册", "考前冲刺课")
ENCODERS = {
    "editor": ("-preset", "veryfast", "-crf", "23"),  # a key frame at each cut, else every ten seconds
    "phone": ("-preset", "ultrafast", "-g", "50", "-sc_threshold", "0", "-b:v", "4M", "-maxrate", "4M", "-bufsize", "4M"),
    "streamed": ("-preset", "ultrafast", "-g", "25", "-sc_threshold", "0", "-crf", "26"),
}  # fmt: skip


@dataclass(frozen=True)
class Advert:
    """`place`: of its piece of the film. `start`: second in it."""

    place: int
    start: float
    seconds: int
    strip: bool

    @property
    def number(self) -> str:
        return f"1380000{self.place:04d}"

    @property
    def name(self) -> str:
        return f"{'strip' if self.strip else 'whole'} {self.seconds} s at {self.place * SLIDE_S + self.start:.0f} s"


ADVERTS = tuple(
    Advert(place, start, seconds, strip)
    for place, start, seconds, strip in (
        (3, 2.3, 3, False), (6, 5.7, 3, True), (9, 11.9, 5, False), (12, 13.1, 5, True),
        (15, 15.6, 3, False), (18, 18.4, 3, True), (21, 9.8, 5, False), (25, 7.2, 5, True),
    )
)  # fmt: skip


def film(encoder: str) -> Path:
    return built(f"adverts-{encoder}.mp4", lambda out: _write(ENCODERS[encoder], out), media=True)


def _write(options: tuple[str, ...], out: Path) -> None:
    """Each piece of 24 s begins with a key frame, so they are joined by copying; the slides without advertising come
    round again."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        pictures.teacher(folder / "teacher.png")
        plain = [_piece(folder, number, None, options) for number in range(4)]
        parts = [plain[number % len(plain)] for number in range(SECONDS // SLIDE_S)]
        for advert in ADVERTS:
            parts[advert.place] = _piece(folder, 10 + advert.place, advert, options)
        (folder / "parts.txt").write_text("".join(f"file '{one}'\n" for one in parts))
        ffmpeg("-f", "concat", "-safe", "0", "-i", str(folder / "parts.txt"), "-c", "copy", str(out))


def _piece(folder: Path, number: int, advert: Advert | None, options: tuple[str, ...]) -> Path:
    path, loop = folder / f"piece{number}.mp4", "loop=-1:1:0,setpts=N/25/TB,fps=25"
    stills = [_slide(number, folder), folder / "teacher.png"]
    graph = f"[0:v]{loop}[s];[1:v]scale=135:-1,{loop}[t];[s][t]overlay=x='750+68*sin(t*0.37)':y=330"
    if advert:
        stills.append(_painted(advert, folder))
        top = SIZE[1] - _STRIP if advert.strip else 0
        during = f"enable='between(t,{advert.start},{advert.start + advert.seconds})'"
        graph += f"[l];[2:v]{loop}[a];[l][a]overlay=0:{top}:{during}"
    inputs = [word for one in stills for word in ("-i", str(one))]
    ffmpeg(
        *inputs, "-filter_complex", f"{graph}[v]", "-map", "[v]", "-t", str(SLIDE_S), "-pix_fmt", "yuv420p", "-c:v", "libx264",
        *options, str(path),
    )  # fmt: skip
    return path


def _slide(number: int, folder: Path) -> Path:
    image = Image.new("RGB", SIZE, ("#fffdf5", "#f2f8ff", "#f4fff2")[number % 3])
    draw = ImageDraw.Draw(image)
    draw.text((60, 38), f"第 {number + 1} 步", font=pictures.font(48), fill="#222222")
    for line in range(4):
        words = f"{number * 7 + line * 3} 个小朋友分 {number + line + 2} 个苹果，每人分到几个"
        draw.text((60, 135 + 75 * line), words, font=pictures.font(24), fill="#333333")
    image.save(folder / f"slide{number}.png")
    return folder / f"slide{number}.png"


def _painted(one: Advert, folder: Path) -> Path:
    at = ADVERTS.index(one) // 2
    image = Image.new("RGB", (SIZE[0], _STRIP) if one.strip else SIZE, ("#fff3b0", "#caf0f8", "#ffd6e0", "#d8f3dc")[at])
    draw = ImageDraw.Draw(image)
    if one.strip:
        draw.text((45 + 60 * at, 12), f"{_SLOGANS[at]}，咨询电话 {one.number}", font=pictures.font(27), fill="#9d0208")
    else:
        draw.text((90 + 50 * at, 60 + 50 * at), _SLOGANS[at], font=pictures.font(66), fill="#9d0208")
        draw.text((90 + 50 * at, 280 + 40 * at), f"咨询电话 {one.number}", font=pictures.font(36), fill="#222222")
    path = folder / f"advert{one.place}.png"
    image.save(path)
    return path


def found(encoder: str) -> tuple[list[Advert], str]:
    """The advertisements whose number was read; and how many pictures were."""
    path = film(encoder)
    frames = look("frames", path)
    words = look("words", path, {"frames": frames})
    numbers = {sign["text"] for sign in words["signs"]}
    told = f"{frames['seen']} 幅，不同的 {words['of']}，读了 {words['read']}"
    return [one for one in ADVERTS if one.number in numbers], told


def main() -> int:
    for encoder in ENCODERS:
        there, told = found(encoder)
        missed = "、".join(one.name for one in ADVERTS if one not in there) or "没有"
        print(f"{encoder}：{len(there)}/{len(ADVERTS)}（{told}），漏掉：{missed}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
