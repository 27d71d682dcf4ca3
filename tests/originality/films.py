"""Small films with a speaking voice: espeak-ng reads made-up texts, so each seed is another lesson of one voice."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.originality.writing import sentences

JINGLE = "aevalsrc='0.3*sin(2*PI*(330+110*floor(mod(t*4,6)))*t)*(1-mod(t*4,1))':s=44100:d=5"


def voice(folder: Path, seed: int, count: int = 6) -> Path:
    """About 10 s a sentence."""
    path = folder / f"voice-{seed}.wav"
    if not path.exists():
        text = "\n".join(sentences(seed, count))
        subprocess.run(["espeak-ng", "-v", "cmn", "-s", "150", "-w", str(path), text], check=True)
    return path


def film(path: Path, *inputs: str | Path, graph: str = "", options: tuple[str, ...] = ()) -> Path:
    """A small blue picture and this sound. `graph` makes `[a]` of the inputs `[1:a]`, `[2:a]` …; a text that
    is no file is an ffmpeg graph of its own."""
    sources: list[str] = []
    for one in inputs:
        sources += ["-i", str(one)] if isinstance(one, Path) else ["-f", "lavfi", "-i", one]
    run("-f", "lavfi", "-i", "color=navy:s=64x36:r=1", *sources, "-filter_complex", graph or "[1:a]anull[a]",
        "-map", "0:v", "-map", "[a]", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-aac_coder", "fast", "-shortest", *options,
        str(path))  # fmt: skip
    return path


def run(*words: str) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *words], check=True)
