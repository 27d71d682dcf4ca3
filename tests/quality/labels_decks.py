"""Decks: slides with films, maps, codes and small type in them, and files that are no deck."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

import segno
from pptx import Presentation

from tests.quality.labelled import ADVISE, PERSON, RETURN, Labelled
from tests.quality.labels_papers import harmed, laid, paper, plain_deck
from tests.samples import texts
from tests.samples.maps import map_picture, table_picture
from tests.samples.materials import harms, papers
from tests.samples.materials.clips import WORDS

Make = Callable[[Path], None]


def labels() -> Iterator[Labelled]:
    def deck(
        id: str, make: Make, says: Mapping[str, str] | None = None, category: str = "subject", name: str = "课件.pptx"
    ) -> Labelled:
        return paper(id, make, says, "slides", name, category=category)

    yield deck("deck", plain_deck)
    yield deck("deck of no slide", papers.deck(), {"slides": RETURN})
    yield deck("deck cut at half", harmed(plain_deck, harms.cut(0.5)), {"whole": RETURN})
    yield deck("deck with a linked film", papers.deck("看一看", linked=True), {"slides_apart": ADVISE})
    yield deck("deck with a map", papers.deck("看地图，说一说"), {"slides_maps": PERSON})
    yield deck("deck with a map and its source", papers.deck("看地图", "地图出自 地理（人教版，七年级上册，第 12 页）"))
    yield deck("deck with a picture of a map", papers.deck_of(map_picture()), {"map_pictures": PERSON})
    yield deck("deck with a picture of a table of towns", papers.deck_of(table_picture()))
    yield deck("deck with a telephone number", papers.deck("联系 13800000000"), {"advertising": PERSON})
    yield deck("deck with a QR code in a picture", _poster_deck, {"paper_codes": PERSON})
    yield deck("experiment deck in 12 pt", papers.deck("摆的快慢", size=12), {"slides_type": ADVISE}, "experiment")
    yield deck("experiment deck in 28 pt", papers.deck("摆的快慢", size=28), {}, "experiment")
    yield deck("deck with an AVI inside", papers.deck_with_film, {"slides_films": ADVISE})
    yield deck("deck as PDF", papers.pdf_of(texts.plan(WORDS)), {"slides": PERSON}, name="课件.pdf")
    yield deck("an old deck", papers.old_deck, name="课件.ppt")
    yield deck("a docx named pptx", laid("headings", texts.plan(WORDS)), {"file_type": RETURN})
    yield deck("a film as deck", papers.film, {"file_type": RETURN})


def _poster_deck(path: Path) -> None:
    """One slide of text, one with a picture of a code."""
    papers.deck("分数的初步认识")(path)
    code = BytesIO()
    segno.make("https://ads.example.com/join").save(code, kind="png", scale=8)
    made = Presentation(str(path))
    made.slides.add_slide(made.slide_layouts[6]).shapes.add_picture(code, 0, 0)
    made.save(str(path))
