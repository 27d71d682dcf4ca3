"""Short films in which one thing is the matter: made by Debian's ffmpeg from a drawn slide with a drawn teacher."""

from __future__ import annotations

import subprocess
from pathlib import Path

import segno
from PIL import Image, ImageDraw

from tests.samples import pictures

SIZE = (960, 540)
SECONDS = 20


def film(path: Path, seconds: int = SECONDS, *, then: str = "null", options: tuple[str, ...] = ()) -> Path:
    """A lesson of `seconds`: the teacher sways before a slide. `then`: ffmpeg filters over the whole picture; in them
    `[code]` is a QR code."""
    folder = path.parent
    slide, teacher, code = folder / "slide.png", folder / "teacher.png", folder / "code.png"
    _slide(slide)
    pictures.teacher(teacher)
    segno.make("https://ads.example.com/join").save(str(code), scale=6)
    inputs = [word for one in (slide, teacher, code) for word in ("-framerate", "25", "-i", str(one))]
    still = "loop=-1:1:0,setpts=N/25/TB"
    graph = (
        f"[0:v]{still}[slide];[1:v]scale=240:-1,{still}[teacher];[slide][teacher]overlay=x='640+40*sin(t*1.3)':y=160[lesson];[2:v]{still}[code];"
        f"[lesson]{then}[v]"
    )
    if "[code]" not in then:
        graph = graph.replace(f"[2:v]{still}[code];", "")
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", *inputs, "-filter_complex", graph, "-map", "[v]", "-t", str(seconds),
         "-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-pix_fmt", "yuv420p", *options, str(path)],
        check=True,
    )  # fmt: skip
    return path


def _slide(path: Path) -> None:
    image = Image.new("RGB", SIZE, "#f2f8ff")
    draw = ImageDraw.Draw(image)
    draw.text((60, 40), "三分之一", font=pictures.font(56), fill="#222222")
    draw.text((60, 430), "想一想，说一说你的理由", font=pictures.font(32), fill="#444444")
    for part in range(3):
        draw.pieslice((120, 130, 400, 410), part * 120, part * 120 + 120, fill=("#ffb703", "#ffe8b0", "#ffe8b0")[part],
                      outline="#8d5b00", width=4)  # fmt: skip
    image.save(path)
