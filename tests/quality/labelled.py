"""A labelled material: how it is made, what it is handed in as, and what is true of it.

The label is the truth about the file, not what the box can find out: by kind of rule, `RETURN` (against a hard
requirement), `ADVISE` (a warning or advice is due) or `PERSON` (only a person can tell); kinds that are not named have
nothing to say. The box may always ask a person instead; it may never return what the label does not return.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from appliance.model import Identity
from tests.samples.materials.clips import EXPERIMENT, WORDS

PASS, ADVISE, RETURN, PERSON = "pass", "advise", "return", "person"

Make = Callable[[Path], None]
EVERY = ("",)
# Which looks of the second turn a kind of rule reads.
LOOKS_OF = {
    "damage": ("nal",),
    "opening": ("opening", "card"),
    "sound": ("sound",),
    "film_words": ("words",),
    "film_codes": ("frames",),
    "light": ("frames",),
    "alike": (),  # its prints are compared beside
}
# Kinds of rules that speak of the lesson as a whole, or of it beside others: only judged where a material is made for them.
OF_THE_LESSON = ("identified", "presence", "count", "evidence", "stage_subject", "scans", "alike", "recorded")


@dataclass(frozen=True)
class Labelled:
    """`make(path)` writes the file. `also`: more files of the same role. `judged`: kinds of `OF_THE_LESSON` that this
    one is made for. `held` writes a film that another lesson has. `full`: kinds of the second turn that it is made for, of `LOOKS_OF`; `EVERY` for all of them.
    Decoding and reading pictures is dear, and a film that is made for its frame rate tells nothing new there."""

    id: str
    make: Make
    says: Mapping[str, str] = field(default_factory=dict)
    name: str = "微课视频.mp4"
    role: str = "video"
    category: str = "subject"
    stage: str = "primary"
    also: tuple[tuple[str, Make], ...] = ()
    judged: tuple[str, ...] = ()
    held: Make | None = None
    full: tuple[str, ...] = EVERY
    quick: bool = False

    @property
    def identity(self) -> Identity:
        words = EXPERIMENT if self.category == "experiment" else WORDS
        return Identity(
            title=words.title, category=self.category, stage=self.stage, subject=words.subject, grade=words.grade,
            textbook=words.textbook, volume=words.volume, teacher=words.teacher, school=words.school,
            authors=(words.teacher,), special_kind="intellectual" if self.category == "special" else "",
        )  # fmt: skip
