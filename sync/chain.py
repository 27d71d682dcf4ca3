"""Order between stations: decided by (epoch, seq, prev), never by clocks. Pure.

A station counts its bundles. A restored backup or a cloned disk counts the same number twice with other
bytes: a fork, seen at first contact. A missing number is waited for and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sync.chain_document import GENESIS

JUMP = 1000


class Kind(StrEnum):
    ACCEPT = "accept"
    SAME = "same"
    WAITING = "waiting"
    FORK = "fork"
    OLD_EPOCH = "old epoch"
    JUMP = "jump"


@dataclass(frozen=True)
class Seen:
    """A bundle that was accepted before, whole: its tag manifest's hash and the `prev` that it named."""

    tag: str
    prev: str


@dataclass(frozen=True)
class Held:
    """What the upper station holds of one county in its newest epoch. Epoch 0: nothing yet."""

    epoch: int = 0
    seqs: Mapping[int, Seen] = field(default_factory=dict)

    @property
    def upto(self) -> int:
        """The last number before the first gap."""
        last = 0
        while last + 1 in self.seqs:
            last += 1
        return last


@dataclass(frozen=True)
class Decision:
    kind: Kind
    missing: tuple[int, ...] = ()


def decide(held: Held, epoch: int, seq: int, prev: str, tag: str) -> Decision:
    """`missing`: the numbers before `seq` that have not come, oldest first."""
    if epoch < held.epoch:
        return Decision(Kind.OLD_EPOCH)
    seqs = held.seqs if epoch == held.epoch else {}
    if seq in seqs:
        same = seqs[seq] == Seen(tag, prev)
        return Decision(Kind.SAME if same else Kind.FORK)
    if seq - max(seqs, default=0) > JUMP:
        return Decision(Kind.JUMP)
    before = GENESIS if seq == 1 else seqs[seq - 1].tag if seq - 1 in seqs else None
    if before is not None and before != prev:
        return Decision(Kind.FORK)
    if seq + 1 in seqs and seqs[seq + 1].prev != tag:
        return Decision(Kind.FORK)
    missing = tuple(number for number in range(1, seq) if number not in seqs)
    return Decision(Kind.WAITING, missing) if missing else Decision(Kind.ACCEPT)
