"""Lessons as films, small and drawn: slides of one template with the teacher beside them, and a camera in a room with a
board. Each seed is another lesson of the same teacher, in the same room, with the same template."""

from __future__ import annotations

import math
import random
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from tests.originality.writing import sentences
from tests.samples import pictures

SIZE = (480, 270)
RATE = 5  # frames a second, so that minutes of film are made in seconds
Frames = Iterator[Image.Image]
_NAVY, _PAPER = "#12355b", "#fbfaf4"


def slides(seed: int, seconds: int, teacher: bool = True) -> Frames:
    """A deck of a school: each slide has its heading, and lines that come up one after another."""
    dice = random.Random(seed)
    walk = _Walk(seed)
    shown, until, lines, text = 0.0, 0.0, 0, iter(sentences(seed, 400))
    board = _slide("", [], 0)
    for number in range(seconds * RATE):
        now = number / RATE
        if now >= until:
            if lines == 0:
                heading, rows = next(text)[:8], [next(text)[: dice.randint(6, 16)] for _ in range(dice.randint(2, 5))]
                figure, lines = dice.randint(0, 4), len(rows)
            shown = len(rows) - lines + 1
            board, lines = _slide(heading, rows[: int(shown)], figure), lines - 1
            until = now + dice.uniform(4, 18)
        yield _with_teacher(board, walk.at(now, 380, 40), 150) if teacher else board


def room(seed: int, seconds: int) -> Frames:
    """A camera at the back of a room: the board fills, the teacher walks before it."""
    dice = random.Random(seed)
    walk, texts, written = _Walk(seed), sentences(seed, 60), 0
    due = 6.0
    ground = _room()
    board = ground.copy()
    for number in range(seconds * RATE):
        now = number / RATE
        if now >= due:
            due = now + dice.uniform(8, 25)
            if written % 6 == 0:
                board = ground.copy()
            at = (100 + dice.randint(0, 60), 48 + 20 * (written % 6))
            ImageDraw.Draw(board).text(at, texts[written % 60][: dice.randint(4, 11)], "#e8f0e8", pictures.font(14))
            written += 1
        yield _with_teacher(board, walk.at(now, 220, 130), 130)


def _slide(heading: str, rows: list[str], figure: int) -> Image.Image:
    image = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 40), fill=_NAVY)
    draw.text((16, 8), heading, "white", pictures.font(20))
    draw.rectangle((0, 258, SIZE[0], 270), fill="#f0c808")
    for number, row in enumerate(rows):
        draw.text((24, 58 + 36 * number), f"{number + 1}. {row}", "#222222", pictures.font(18))
    if figure > 1:
        draw.pieslice((270, 130, 370, 230), 0, 360 * (figure - 1) / figure, fill="#ffb703", outline="#8d5b00")
    return image


def _room() -> Image.Image:
    image = Image.new("RGB", SIZE, "#cfc8ba")
    draw = ImageDraw.Draw(image)
    draw.rectangle((80, 36, 400, 180), fill="#23402f", outline="#7a5c3a", width=4)
    draw.rectangle((10, 30, 60, 120), fill="#eef4fb", outline="#8a8a8a", width=3)
    for desk in range(6):
        draw.rectangle((10 + 80 * desk, 220, 70 + 80 * desk, 270), fill="#9c6b3f", outline="#5d3f22")
    return image.filter(ImageFilter.GaussianBlur(0.6))


class _Walk:
    """Where the teacher stands: goes to a place, stays, goes on."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed * 7 + 1)
        self._from = self._to = 0.5
        self._start, self._end = 0.0, 0.1

    def at(self, now: float, centre: int, reach: int) -> int:
        if now >= self._end:
            stays = self._dice.random() < 0.5
            self._from, self._to = self._to, self._to if stays else self._dice.random()
            self._start, self._end = now, now + self._dice.uniform(1, 6)
        share = min((now - self._start) / (self._end - self._start), 1.0)
        place = self._from + (self._to - self._from) * share
        return int(centre + (place - 0.5) * 2 * reach + 3 * math.sin(now * 2))


def _with_teacher(ground: Image.Image, left: int, height: int) -> Image.Image:
    figure = _figure(height)
    image = ground.copy()
    image.paste(figure, (left, SIZE[1] - height), figure)
    return image


_FIGURES: dict[int, Image.Image] = {}


def _figure(height: int) -> Image.Image:
    if height not in _FIGURES:
        image = Image.new("RGBA", (360, 560))
        ImageDraw.Draw(image).rounded_rectangle((40, 220, 320, 560), radius=60, fill="#31572c")
        head = pictures.face(190)
        image.paste(head, (85, 5), head)
        _FIGURES[height] = image.resize((height * 360 // 560, height))
    return _FIGURES[height]


def film(path: Path, frames: Frames, *options: str) -> Path:
    """H.264 as an editor exports it: a key frame each ten seconds and where the picture changes."""
    command = [
        "ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
        "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(RATE), "-i", "pipe:0", "-vf", "noise=alls=6:allf=t,format=yuv420p",
        "-c:v", "libx264", "-preset", "superfast", "-crf", "24", "-g", str(10 * RATE), *options, str(path),
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for frame in frames:
            encoder.stdin.write(frame.tobytes())
        encoder.stdin.close()
        if encoder.wait():
            raise RuntimeError(f"ffmpeg ended with {encoder.returncode}")
    return path


def again(path: Path, source: Path, filters: str = "null", *options: str, before: tuple[str, ...] = ()) -> Path:
    """`source` encoded anew: coarser, with key frames elsewhere."""
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", *before, "-i", str(source), "-filter_complex", f"[0:v]{filters}[v]",
         "-map", "[v]", "-c:v", "libx264", "-preset", "superfast", "-crf", "32", "-g", str(8 * RATE), *options,
         str(path)],
        check=True,
    )  # fmt: skip
    return path


Maker = Callable[[int, int], Frames]
