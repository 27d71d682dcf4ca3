"""Small real files: made once for all tests of this room."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MakeVideo = Callable[..., Path]
MakeDocx = Callable[..., Path]


@pytest.fixture(scope="session")
def make_video(tmp_path_factory: pytest.TempPathFactory) -> MakeVideo:
    """A 12 s film whose first `still` seconds rest; more ffmpeg output options by `options`."""
    folder = tmp_path_factory.mktemp("videos")

    def make(name: str = "a.mp4", still: float = 5, options: tuple[str, ...] = ()) -> Path:
        path = folder / name
        moving = f"testsrc2=s=320x180:r=25:d={12 - still}"
        sources = ["-f", "lavfi", "-i", f"color=navy:s=320x180:r=25:d={max(still, 0.04)}", "-f", "lavfi", "-i", moving]
        command = [
            "ffmpeg", "-nostdin", "-v", "error", "-y", *sources, "-f", "lavfi", "-i", "sine=440:d=12",
            "-filter_complex", "[0:v][1:v]concat=n=2:v=1:a=0[v]", "-map", "[v]", "-map", "2:a", "-c:v", "libx264",
            "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", *options, str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True)
        return path

    return make


@pytest.fixture
def make_docx(tmp_path: Path) -> MakeDocx:
    """A docx with this `body` (WordprocessingML) and, when given, other parts or a preamble before the root."""

    def make(body: str, *, preamble: str = "", name: str = "a.docx", **parts: str) -> Path:
        path = tmp_path / name
        document = f'<?xml version="1.0"?>{preamble}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", document)
            for part, text in parts.items():
                archive.writestr(f"word/{part}.xml", text)
        return path

    return make
