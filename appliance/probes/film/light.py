"""How light the pictures are. White slides are lighter than any room, so this tells darkness, not good light."""

from __future__ import annotations

from statistics import median
from typing import Any

import numpy as np

from appliance.probes.film.reel import Picture

_DARK, _GLARING = 40, 250  # of 255
_REGIONS = 3  # a side


class Light:
    def __init__(self) -> None:
        self._rows: list[tuple[float, float, float, float, float]] = []

    def see(self, picture: Picture) -> None:
        small = picture.small
        regions = [
            part.mean() for rows in np.array_split(small, _REGIONS) for part in np.array_split(rows, _REGIONS, 1)
        ]
        self._rows.append(
            (float(np.median(small)), float(np.percentile(small, 99)), float((small < _DARK).mean()),
             float((small > _GLARING).mean()), (max(regions) - min(regions)) / 255)
        )  # fmt: skip

    def answer(self) -> dict[str, Any]:
        """Of the pictures that are not black; each the median over them. `{"light": {"median", "lightest": 0–255,
        "dark_share", "glaring_share": of the picture, "uneven": widest difference between nine regions, 0–1}}`."""
        lit = [row for row in self._rows if row[1] > _DARK] or self._rows
        names = ("median", "lightest", "dark_share", "glaring_share", "uneven")
        return {
            "light": {
                name: round(median(column), 3) for name, column in zip(names, zip(*lit, strict=True), strict=True)
            }
        }
