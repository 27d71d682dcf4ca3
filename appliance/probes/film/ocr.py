"""Reads printed words in a picture (OCR): rapidocr's models, which lie inside its package, run by onnxruntime.

An extra: without it `Reader.make` says so, and whoever asked hands the picture to a person. Nothing is fetched: the
models are named by path, so the package's own downloader never runs.
"""

from __future__ import annotations

import importlib
import importlib.resources
import importlib.util
import os
from dataclasses import asdict, dataclass
from typing import Any

from appliance.probes.film.stills import HEIGHT, WIDTH, Still

MISSING = "这台盒子没有安装认字的部分"
SIDE = 736  # pixels of the longer side in which lines may be looked for: half the cost of 960
_DETECT, _RECOGNISE = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"


@dataclass(frozen=True)
class Line:
    """`surest`, `least`: the mean and the lowest confidence of its characters, 0 to 1. `box`: left, top, right,
    bottom as shares of the picture."""

    text: str
    surest: float
    least: float
    box: tuple[float, float, float, float]

    def row(self) -> dict[str, Any]:
        return asdict(self)


Point = tuple[float, float]


@dataclass(frozen=True)
class Character:
    """`corners`: top left, top right, bottom right, bottom left, in pixels of the picture."""

    text: str
    sure: float
    corners: tuple[Point, ...]


class Reader:
    """One a child; about 330 MB resident. Gives the lines of a picture from top to bottom."""

    def __init__(self, engine: Any, numpy: Any) -> None:
        self._engine, self._numpy = engine, numpy

    @classmethod
    def make(cls, side: int = WIDTH) -> Reader | None:
        """`side`: pixels of the longer side in which lines are looked for. `None` when the extra is not installed."""
        if not installed():
            return None
        # One thread each: the box does other work meanwhile, and threads of BLAS reserve memory for nothing.
        os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
        numpy = importlib.import_module("numpy")
        importlib.import_module("cv2").setNumThreads(1)
        rapidocr = importlib.import_module("rapidocr")
        models = importlib.resources.files("rapidocr") / "models"
        engine = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,  # nobody shows a lesson upside down; another rule sees turned pictures
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_type": "max",  # the picture as it is: made larger, it costs half as much again
                "Det.limit_side_len": side,
                "Det.model_path": str(models / _DETECT),
                "Rec.model_path": str(models / _RECOGNISE),
                "Rec.rec_batch_num": 1,  # larger batches are padded to the longest line: more memory, no less time
            }
        )
        return cls(engine, numpy)

    def read(self, still: Still) -> list[Line]:
        return self.lines(self._numpy.frombuffer(still.rgb, "uint8").reshape(HEIGHT, WIDTH, 3)[:, :, ::-1])

    def lines(self, picture: Any) -> list[Line]:
        """`picture`: height×width×3, BGR."""
        rows, columns, _ = picture.shape
        seen = self._see(picture)
        if not seen.txts:
            return []
        lines = [
            Line(text, round(float(score), 4), _least(words, float(score)), _box(corners, columns, rows))
            for text, score, words, corners in zip(seen.txts, seen.scores, seen.word_results, seen.boxes, strict=False)
        ]
        return sorted(lines, key=lambda line: (line.box[1], line.box[0]))

    def count(self, picture: Any) -> int:
        """How many lines there seem to be, without reading them: a tenth of the cost."""
        found = self._engine(picture.copy(), use_det=True, use_cls=False, use_rec=False).boxes
        return 0 if found is None else len(found)

    def characters(self, picture: Any) -> list[list[Character]]:
        """Line by line, where each character stands, as nearly as the model tells."""
        seen = self._see(picture)
        return [
            [Character(char, float(sure), _corners(corners)) for char, sure, corners in line]
            for line in (seen.word_results if seen.txts else ())
        ]

    def _see(self, picture: Any) -> Any:
        return self._engine(picture.copy(), use_rec=True, return_word_box=True, return_single_char_box=True)


def installed() -> bool:
    return all(importlib.util.find_spec(name) for name in ("numpy", "cv2", "onnxruntime", "rapidocr"))


def _least(words: Any, otherwise: float) -> float:
    """The characters of a line as `(character, confidence, corners)`."""
    return round(min((float(confidence) for _, confidence, _ in words), default=otherwise), 4)


def _corners(corners: Any) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in corners)


def _box(corners: Any, width: int, height: int) -> tuple[float, float, float, float]:
    across, down = [float(x) / width for x, _ in corners], [float(y) / height for _, y in corners]
    return tuple(round(share, 4) for share in (min(across), min(down), max(across), max(down)))  # type: ignore[return-value]
