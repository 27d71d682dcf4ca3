"""A map drawn with Pillow: coloured land, rivers, and names where they lie; and what only looks like one. No border
and no claim: the land is what is nearest to each name."""

from __future__ import annotations

from math import sin

import numpy as np
from PIL import Image, ImageDraw

from tests.samples.pictures import font

PLACES = {  # degrees east and north, about
    "北京": (116.4, 39.9), "太原": (112.5, 37.9), "呼和浩特": (111.7, 40.8), "哈尔滨": (126.6, 45.8),
    "上海": (121.5, 31.2), "杭州": (120.2, 30.3), "福州": (119.3, 26.1), "武汉": (114.3, 30.6), "广州": (113.3, 23.1),
    "成都": (104.1, 30.6), "昆明": (102.7, 25.0), "拉萨": (91.1, 29.7), "西安": (108.9, 34.3), "兰州": (103.8, 36.1),
    "西宁": (101.8, 36.6), "乌鲁木齐": (87.6, 43.8), "长江": (110.0, 29.3), "黄河": (110.4, 38.6),
}  # fmt: skip
_WEST, _EAST, _SOUTH, _NORTH = 73.0, 136.0, 17.0, 54.0
_LAND = ("#f6d9a8", "#cfe3b4", "#f3c6c0", "#d8cfe8", "#fbf0b2", "#c8e2ea")


def map_picture(
    size: tuple[int, int] = (1000, 720), letters: int = 22, key: bool = True, names: int = 18
) -> Image.Image:
    """RGB. `letters`: pixels; `names`: how many of the places stand on it."""
    wide, high = size
    shown = dict(list(PLACES.items())[:names])
    spots = {name: _at(*where, wide, high) for name, where in shown.items()}
    image = Image.fromarray(_land(list(spots.values()) or [(0, 0)], wide, high))
    draw = ImageDraw.Draw(image)
    for level in (0.42, 0.58):
        river = [(x, level * high + 0.05 * high * sin(x / wide * 17)) for x in range(wide // 3, wide * 4 // 5, 4)]
        draw.line(river, fill="#3f7fbf", width=3)
    for name, (x, y) in spots.items():
        draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill="#b03030")
        draw.text((x + 8, y - letters * 0.7), name, font=font(letters), fill="#202020")
    if key:
        draw.rectangle((20, high - 110, 190, high - 20), fill="white", outline="black")
        draw.text((30, high - 105), "图例", font=font(letters), fill="black")
        draw.text((30, high - 65), "● 城市", font=font(letters), fill="black")
    return image


def _at(east: float, north: float, wide: int, high: int) -> tuple[int, int]:
    return (
        int((east - _WEST) / (_EAST - _WEST) * (wide - 120)) + 20,
        int((_NORTH - north) / (_NORTH - _SOUTH) * (high - 60)) + 20,
    )


def _land(spots: list[tuple[int, int]], wide: int, high: int) -> np.ndarray:
    across, down = np.meshgrid(np.arange(wide), np.arange(high))
    nearest = np.argmin([(across - x) ** 2 + (down - y) ** 2 for x, y in spots], axis=0)
    colours = np.array([tuple(bytes.fromhex(one[1:])) for one in _LAND], dtype=np.uint8)
    return colours[nearest % len(colours)]


def table_picture(columns: int = 2) -> Image.Image:
    """A table of places and numbers."""
    image = Image.new("RGB", (900, 700), "white")
    draw = ImageDraw.Draw(image)
    for number, name in enumerate(list(PLACES)[: 14 if columns == 2 else 7]):
        draw.line((40, 40 + 46 * number, 860, 40 + 46 * number), fill="black", width=2)
        draw.text((60, 46 + 46 * number), name, font=font(28), fill="black")
        draw.text((500, 46 + 46 * number), f"{1250 + 37 * number} 毫米", font=font(28), fill="black")
    return image
