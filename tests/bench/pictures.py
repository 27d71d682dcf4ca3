"""The pictures of one new film against those of 10,000 that the box holds."""

from __future__ import annotations

import random
import resource
import time
from pathlib import Path

from appliance.catalog import fingerprints
from appliance.intake import likeness
from appliance.originality import picture
from appliance.originality.picture import PicturePrint
from appliance.rules.load import load
from appliance.station import create
from tests.bench.table import Row

FILMS, PICTURES = 10_000, 80


def rows(place: Path) -> list[Row]:
    station, dice = create(place / "county", "county", "示例县", "110101"), random.Random(7)
    catalog = station.catalog()
    with catalog.writing() as db:
        for number in range(FILMS):
            fingerprints.add(db, fingerprints.PICTURE, 1, _film(dice).data(), sha256=f"{number:064x}")
        copied = next(iter(fingerprints.by_id(db, [77]))).print
        assert isinstance(copied, PicturePrint)
        again = PicturePrint(copied.at, tuple(bits ^ 1 << dice.randrange(200) for bits in copied.bits))
        fingerprints.add(db, fingerprints.PICTURE, 1, again.data(), sha256="f" * 64)
    (new,) = fingerprints.of_files(catalog.db, ["f" * 64])
    limits = next(rule.limits for rule in load("2024").rules if rule.kind == "alike")
    start = time.perf_counter()
    met = likeness.met_pictures(catalog.db, new)
    seconds = time.perf_counter() - start
    assert list(met) == [77], met
    assert likeness.compared(catalog.db, new, limits, ()) == {}  # nobody's film: no lesson holds it
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = picture.ROW * PICTURES * FILMS / 1e6
    return [
        Row(f"原创：一个视频的 {PICTURES} 张画面与 {FILMS} 个视频比", f"{seconds:.2f} s"),
        Row("原创：画面的指纹", f"{size:.0f} MB", "", f"进程最多占 {memory:.0f} MB"),
    ]


def _film(dice: random.Random) -> PicturePrint:
    return PicturePrint.of_rows([(80 * number, dice.getrandbits(picture.BITS)) for number in range(PICTURES)])
