"""All labelled materials, each with a name of its own."""

from __future__ import annotations

from collections.abc import Iterator

from tests.quality import labels_copies, labels_decks, labels_papers, labels_scans, labels_video
from tests.quality.labelled import Labelled


def labels() -> Iterator[Labelled]:
    for module in (labels_papers, labels_decks, labels_scans, labels_video, labels_copies):
        yield from module.labels()
