"""The words of the box, as frozen values. Names are the clerk's words (docs/words.md).

Categories, stages and roles are words of an edition (`appliance/editions/`), so here they are plain
strings: a new notice may bring new ones. What never changes with a notice is an enum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"


class Phase(StrEnum):
    """What a lesson is asked for: its design only, or the finished video with everything."""

    DESIGN = "design"
    PRODUCTION = "production"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    FAIL = "fail"
    UNDETERMINED = "undetermined"
    PERSON = "needs a person"


class Verdict(StrEnum):
    PASS = "pass"
    RETURN = "return"
    PERSON = "person"


class Tick(StrEnum):
    """What a person answers to a question of the checklist (核对清单)."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "na"


class Fate(StrEnum):
    """What became of one entry of a drop. There is no fifth: nothing that was handed in is lost."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"


class LessonState(StrEnum):
    SUBMITTED = "submitted"  # 已收，等检查或初筛
    RETURNED = "returned"  # 退回补正
    TRIAL = "trial"  # 初筛通过，待试讲
    CANDIDATE = "candidate"  # 初步人选
    COMPLETE = "complete"  # 材料齐全，待审批
    APPROVED = "approved"  # 两人审批通过
    BUNDLED = "bundled"  # 已签名成包
    SENT = "sent"  # 已送出，等回执
    ACCEPTED = "accepted"  # 上级已收
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Turn(StrEnum):
    """Checks come in two turns: what is cheap gives the first answer, what must be decoded follows."""

    FIRST = "first"
    FULL = "full"


class DeliveryState(StrEnum):
    """Where a delivery stands on its way; each value names the work that comes next or is done."""

    RECEIVED = "received"  # bytes and row are safe; to unpack and identify
    IDENTIFIED = "identified"  # lessons known; the first answer is due
    ANSWERED = "answered"  # what is cheap was checked; films are to be decoded
    CHECKED = "checked"  # findings written, slip ready
    PARKED = "parked"  # a step failed three times; a technician is asked


@dataclass(frozen=True)
class Blob:
    """Bytes in the store, known by their SHA-256 (lower-case hex). `fresh`: this call brought them."""

    sha256: str
    size: int
    fresh: bool = True


@dataclass(frozen=True)
class Entry:
    """One thing found on a drop. `name` is the path below the parcel, `/`-separated, for people;
    `raw` the same path as the bytes that were given."""

    name: str
    size: int
    fate: Fate
    reason: str = ""
    sha256: str = ""
    raw: bytes = b""


@dataclass(frozen=True)
class Identity:
    """What a lesson is called and whose it is. Empty string: not known yet. `sources` says where each
    field was read: manifest, folder, filename, person."""

    title: str = ""
    category: str = ""
    stage: str = ""
    subject: str = ""
    grade: str = ""
    textbook: str = ""
    volume: str = ""
    teacher: str = ""
    school: str = ""
    special_kind: str = ""
    periods: int = 1
    authors: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Enough to file it without asking a person."""
        return bool(self.title and self.category and self.stage)


@dataclass(frozen=True)
class Material:
    """One file of a lesson. `role` is a word of the edition, "" when nobody knows yet; `period` from 1.
    `media` is what the probes measured (see `appliance/probes`), empty before the check."""

    role: str
    period: int
    name: str
    sha256: str
    size: int
    media: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True)
class LessonGuess:
    """What identification made of a group of entries."""

    identity: Identity
    materials: tuple[Material, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alike:
    """What of `material` (its given name) is alike to something else that the box has held. `kind`: file (the very
    bytes), text, sound or picture. `score`: shared share of the shorter one, 0–1. `amount`: characters or seconds that are
    shared, `start` and `end` where they stand: of a text from 0 to 1, of a film in seconds. `lesson`: whose number,
    0 for an entry of an imported list. `own`: of the same teacher. `whose`: for the office only; no rule says it.
    `spans`: the same stretches of two films, (from, to here; from, to there) in seconds; `moments`: (here, there),
    where their pictures are the same."""

    material: str
    kind: str
    score: float
    amount: float = 0.0
    start: float = 0.0
    end: float = 0.0
    lesson: int = 0
    own: bool = False
    whose: str = ""
    spans: tuple[tuple[float, float, float, float], ...] = ()
    moments: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class LessonFacts:
    """All that rules may look at. `alike`: only in a station, which has others to compare with."""

    identity: Identity
    phase: Phase
    materials: tuple[Material, ...]
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that a rule has to say about a lesson; a value, never an exception.

    `says` (出了什么事) and `fix` (请这样改) are plain Chinese; `measured` and `expected` carry units.
    `material` is the given name of the file, "" when the lesson as a whole is meant.
    """

    rule: str
    clause: str
    severity: Severity
    outcome: Outcome
    material: str
    measured: str
    expected: str
    says: str
    fix: str
    place: str = ""
    id: int = 0
    waived: str = ""


@dataclass(frozen=True)
class Lesson:
    """A lesson as the catalog has it, at its current revision."""

    no: int
    identity: Identity
    state: LessonState
    phase: Phase
    verdict: Verdict | None
    revision: int
    materials: tuple[Material, ...]
    version: int = 0  # of the newest bundle; 0 before the first


class PrintState(StrEnum):
    """What became of something that the receipt printer was asked for."""

    QUEUED = "queued"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Moment:
    """Wall time as ISO 8601 with offset, and how far it can be trusted: ntp, rtc, manual, unknown."""

    wall: str
    quality: str
