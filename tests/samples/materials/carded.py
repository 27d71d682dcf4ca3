"""Clips with a card of one's own, and with a slide of one's own behind it."""

from __future__ import annotations

import zlib
from pathlib import Path

from PIL import Image, ImageDraw

from tests.samples import pictures
from tests.samples.materials import made
from tests.samples.materials.clips import COPIED, FAST, H264, WORDS, ffmpeg, slide, voice
from tests.samples.words import Words

_CARD_S, _SLIDE_S = 5, 3


def film(words: Words = WORDS, text: str = "") -> Path:
    """Five seconds of the card of `words`, three of a slide, with `text` on it."""
    name = f"carded-{zlib.crc32(f'{words} {text}'.encode()):08x}.mp4"
    return made(name, lambda path: _write(words, text, path))


def _write(words: Words, text: str, path: Path) -> None:
    card, shown = path.with_suffix(".card.png"), path.with_suffix(".slide.png")
    pictures.title_card(words.card, card)
    image = Image.open(slide())
    ImageDraw.Draw(image).text((300, 760), text, font=pictures.font(72), fill="#111111")
    image.save(shown)
    steps = [
        f"[{at}:v]loop=-1:1,setpts=N/25/TB,fps=25,trim=duration={seconds},format=yuv420p,setsar=1[s{at}]"
        for at, seconds in enumerate((_CARD_S, _SLIDE_S))
    ]
    ffmpeg(
        "-i", str(card), "-i", str(shown), "-f", "aac", "-i", str(voice(_CARD_S + _SLIDE_S)), "-filter_complex",
        ";".join([*steps, "[s0][s1]concat=n=2:v=1:a=0[v]"]), "-map", "[v]", "-map", "2:a", "-r", "25", *H264,
        "-b:v", "600k", *COPIED, *FAST, str(path),
    )  # fmt: skip
