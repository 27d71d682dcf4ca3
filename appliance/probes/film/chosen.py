"""The pictures of a film in which words are read, and the part of each; of too many, as many as can be afforded."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from appliance.probes.film import reel
from appliance.probes.film.ocr import SIDE

_WHOLE = SIDE * SIDE * 9 // 16
_AFFORDED = 12.0  # whole pictures: half a second each, more where much is written
_MOST = 64
_DECODED = 0.07
_LONGEST_S = 1e6


@dataclass(frozen=True)
class Chosen:
    """`number`: of `reel.key_frames`, from 0. `at`: second of the film. `box`: left, top, right, bottom in pixels."""

    number: int
    at: float
    box: tuple[int, int, int, int]

    def row(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def effort(self) -> float:
        """What reading it costs, in whole pictures."""
        width, height = self.box[2] - self.box[0], self.box[3] - self.box[1]
        scale = min(SIDE / max(width, height), 1.0)
        return _DECODED + width * height * scale * scale / _WHOLE


@dataclass
class Spared:
    """Keeps what can be afforded. The dearest go first, so that most are read; of equally dear ones, the one whose
    neighbours are nearest to each other in time. `count` is how many there were."""

    count: int = 0
    kept: list[Chosen] = field(default_factory=list)

    def add(self, one: Chosen) -> None:
        self.count += 1
        self.kept.append(one)
        while len(self.kept) > _MOST or sum(one.effort for one in self.kept) > _AFFORDED:
            self.kept.pop(max(range(len(self.kept)), key=self._spare))

    def _spare(self, at: int) -> tuple[float, float]:
        before, after = self.kept[max(at - 1, 0)], self.kept[min(at + 1, len(self.kept) - 1)]
        return round(self.kept[at].effort, 1), before.at - after.at


def understood(frames: Any) -> tuple[list[Chosen], int] | None:
    """What the look `frames` handed on, and how many different pictures there were. It was made from a stranger's file
    too: `None` when it cannot be."""
    match frames:
        case {"whole": False, "distinct": {"chosen": list(rows), "of": int(different)}}:
            chosen = [one for row in rows if (one := _one(row))]
        case _:
            return None
    numbers = [one.number for one in chosen]
    if len(chosen) != len(rows) or len(rows) > _MOST or numbers != sorted(set(numbers)):
        return None
    return chosen, different


def _one(row: Any) -> Chosen | None:
    match row:
        case {"number": int(number), "at": int(at) | float(at), "box": [int(left), int(top), int(right), int(bottom)]}:
            inside = 0 <= left < right <= reel.WIDTH and 0 <= top < bottom <= reel.HEIGHT
            there = 0 <= number < reel.MOST and abs(at) < _LONGEST_S
            return Chosen(number, float(at), (left, top, right, bottom)) if there and inside else None
    return None
