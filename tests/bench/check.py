"""What the checks of a film of twelve minutes cost: each look as a share of the running time, all of them against
decoding the whole film once, and the look at the container against MediaConch."""

from __future__ import annotations

import resource
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from appliance.model import Turn
from appliance.probes import plan, probing
from appliance.rules.load import load
from tests.bench.table import Row
from tests.quality import mediaconch
from tests.quality.labelled import Labelled
from tests.samples import lessons, video
from tests.samples.cache import built
from tests.samples.kinds import KINDS

ROUNDS = 30  # of 24 s: twelve minutes
SECONDS = ROUNDS * video.BODY_S
DECODED = SECONDS / 10


@dataclass
class Cost:
    """`cpu`: seconds of all children; `peak`: MB resident, of all that ran at the same time."""

    cpu: float = 0.0
    peak: float = 0.0


def film() -> Path:
    """Full HD, 25 frames a second, 8 Mbps: 24 s are encoded and joined thirty times."""
    words = KINDS["good"].words
    cut = video.Cut("fractions", ROUNDS, words.card, lessons.FULL)
    return built("bench-12min.mp4", lambda out: video.film(cut, out), media=True)


def rows(place: Path) -> list[Row]:
    costs, part = looks(film()), cost(lambda: decode(film()))
    decoded = part.cpu * SECONDS / DECODED
    lines = [Row(f"检查 12 分钟视频：{name}", told(one)) for name, one in costs.items()]
    total = Cost(sum(one.cpu for one in costs.values()), max(one.peak for one in costs.values()))
    whole = Row("检查 12 分钟视频：全部", told(total), "ffmpeg 解码一遍（由一成推算）", f"{decoded:.1f} CPU 秒",
                total.cpu / decoded)  # fmt: skip
    return [*lines, whole, _beside_mediaconch(place)]


def _beside_mediaconch(place: Path) -> Row:
    """The rules that MediaConch can express, of the same film."""
    edition = load("2024")
    label = Labelled("bench", lambda path: None)
    rules = mediaconch.expressible(label, edition)
    ours = cost(lambda: mediaconch.ours(film(), label, rules, edition))
    theirs = cost(lambda: mediaconch.theirs(film(), rules, place))
    return Row(
        "容器能看出的条款（先答的部分）",
        told(ours),
        "mediaconch 同样几条",
        f"{theirs.cpu:.2f} CPU 秒",
        ours.cpu / theirs.cpu,
    )


def told(one: Cost) -> str:
    return f"{one.cpu:.2f} CPU 秒，片长的 {one.cpu / SECONDS:.2%}，最多 {one.peak:.0f} MB"


def looks(path: Path) -> dict[str, Cost]:
    """By the name of the look, in the order in which they are taken; `container` is the first, of the sort."""
    costs: dict[str, Cost] = {}
    steps, media = probing(path, Turn.FULL, keep=lambda name, data: None), dict[str, Any]()

    def step() -> None:
        nonlocal media
        media = next(steps, {})

    while True:
        before = set(media)
        spent = cost(step)
        if not media:
            return costs
        name = next((one for one in media if one in plan.BY_NAME and one not in before), "container")
        costs[name] = spent


def decode(path: Path) -> None:
    """The film is thirty times the same: a tenth tells of the whole."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-t", str(DECODED), "-i", str(path)]
    subprocess.run([*command, "-f", "null", "-"], check=True)


def cost(act: Callable[[], object]) -> Cost:
    found, ended = Cost(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(found, ended))
    before = _cpu()
    watcher.start()
    act()
    ended.set()
    watcher.join()
    found.cpu = _cpu() - before
    return found


def _watch(found: Cost, ended: threading.Event) -> None:
    me = psutil.Process()
    while not ended.wait(0.05):
        resident = 0.0
        for child in me.children(recursive=True):
            try:
                resident += child.memory_info().rss / 1e6
            except psutil.NoSuchProcess:
                continue
        found.peak = max(found.peak, resident)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
