"""Scans of pupils' sheets: how many, of what sort, alike or not, with and without a name on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.quality.labelled import PERSON, RETURN, Labelled
from tests.quality.labels_papers import harmed, laid
from tests.samples import pictures, strips, texts
from tests.samples.materials import harms, papers
from tests.samples.materials.clips import EXPERIMENT

Make = Callable[[Path], None]


def labels() -> Iterator[Labelled]:
    for count, says in ((3, {}), (5, {}), (2, {"scans": RETURN}), (1, {"scans": RETURN})):
        pages = [(f"导学案{n}.jpg", _page(n)) for n in range(count)]
        yield _scanned(f"{count} scans", pages, says)
    named = [(f"导学案{n}.jpg", _page(n, covered=n != 1)) for n in range(3)]
    yield _scanned("three scans, a name on one", named, {"names": PERSON})
    same = [(f"导学案{n}.jpg", _page(0)) for n in range(3)]
    yield _scanned("one page three times", same, {"sheets": PERSON})
    yield _scanned(
        "three pages, one a docx",
        [("1.jpg", _page(0)), ("2.jpg", _page(1)), ("3.docx", laid("headings", texts.guide(EXPERIMENT)))],
        {"scans": RETURN},
    )
    yield _scanned("one PDF", [("导学案.pdf", papers.pdf_of([]))], {"scans": PERSON})
    yield _scanned(
        "a scan cut off",
        [("1.jpg", harmed(_page(0), harms.cut(0.5))), ("2.jpg", _page(1)), ("3.jpg", _page(2))],
        {"whole": RETURN},
    )


def _scanned(id: str, pages: list[tuple[str, Make]], says: Mapping[str, str]) -> Labelled:
    (name, make), *also = pages
    return Labelled(
        id, make, says, name, "pupil_work", "experiment", also=tuple(also), judged=("scans", "sheets", "names")
    )


def _page(number: int, covered: bool = True) -> Make:
    draw = strips.covered_page if covered else pictures.pupil_page
    return lambda path: draw("摆的快慢", number, path)
