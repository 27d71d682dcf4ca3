"""`python -m tests.bench.cards [every]`: how made title cards are read, and what the rule says of them.

Every card goes the way of a film's picture: scaled to 960×540, read by the look's own reader, judged by the edition
with a lesson whose fields a person gave (the only ones that can fail). `every`: only each n-th card.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from PIL import Image

from appliance.model import Identity
from appliance.probes.film.ocr import Reader
from appliance.probes.film.stills import HEIGHT, WIDTH, Still
from appliance.rules.card import Reading, read
from appliance.rules.card_fields import State
from appliance.rules.load import load
from tests.samples.cards import Card, good, spoilt, wrong
from tests.samples.words import Words

EDITION = load("2024")
_RULE = next(rule for rule in EDITION.rules if rule.id == "title-card")
_MAY_FAIL = ("another teacher", "another grade")
VERDICTS = ("pass", "person", "fail")


def identity_of(words: Words) -> Identity:
    fields = (
        "title",
        "category",
        "stage",
        "subject",
        "grade",
        "textbook",
        "volume",
        "teacher",
        "school",
        "special_kind",
    )
    values = {name: getattr(words, name) for name in fields}
    return Identity(**values, sources=dict.fromkeys(fields, "manifest"))


def judged(reader: Reader, card: Card) -> tuple[Reading, str]:
    """What was read, and pass, person or fail."""
    small = card.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    lines = [line.row() for line in reader.read(Still(0.5, small.tobytes()))]
    seen = read([{"at": [0.5, 4.5], "lines": lines}], identity_of(card.lesson), EDITION, _RULE.limits)
    if seen.those(State.OTHER):
        return seen, "fail"
    return seen, "person" if seen.those(State.LIKE, State.UNREAD) else "pass"


def is_wrong(card: Card, verdict: str, clear: bool) -> bool:
    """A right card that failed, or a wrong one that passed. Doubt is never wrong."""
    if verdict == "fail":
        return card.harm not in _MAY_FAIL
    return verdict == "pass" and clear and bool(card.harm)


def table(reader: Reader, cards: Iterable[Card], clear: bool) -> tuple[Counter[tuple[str, str]], list[str]]:
    counts: Counter[tuple[str, str]] = Counter()
    bad = []
    for card in cards:
        seen, verdict = judged(reader, card)
        counts[card.harm or "right", verdict] += 1
        if is_wrong(card, verdict, clear) or (not card.harm and verdict != "pass"):
            told = "; ".join(f"{one.label} {one.state.name} {one.wanted} {one.read}" for one in seen.fields)
            bad.append(f"{'WRONG' if is_wrong(card, verdict, clear) else 'doubt'} {card.id}: {told}")
    return counts, bad


def main(words: list[str]) -> int:
    reader, every = Reader.make(), int(words[0]) if words else 1
    if reader is None:
        print("rapidocr is not installed (requirements/ocr.txt)", file=sys.stderr)
        return 1
    remarks = []
    for what, cards, clear in (("right", good(), True), ("wrong", wrong(), True), ("spoilt", spoilt(), False)):
        counts, bad = table(reader, (card for number, card in enumerate(cards) if number % every == 0), clear)
        remarks += bad
        print(f"{what + ' cards':28}" + "".join(f"{verdict:>8}" for verdict in VERDICTS))
        for harm in dict.fromkeys(harm for harm, _ in counts):
            print(f"  {harm:26}" + "".join(f"{counts[harm, verdict]:8}" for verdict in VERDICTS))
    print(*remarks, sep="\n")
    return 1 if any(remark.startswith("WRONG") for remark in remarks) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
