"""What never changes with a notice: levels, phases, states, outcomes."""

from __future__ import annotations

from enum import StrEnum


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


class PrintState(StrEnum):
    """What became of something that the receipt printer was asked for."""

    QUEUED = "queued"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"
