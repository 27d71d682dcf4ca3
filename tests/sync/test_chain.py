import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.chain import Decision, Held, Kind, Seen, decide
from sync.chain_document import GENESIS


def tag(seq: int, fork: str = "") -> str:
    return f"tag {seq}{fork}"


def row(*seqs: int) -> Held:
    return Held(1, {seq: Seen(tag(seq), tag(seq - 1) if seq > 1 else GENESIS) for seq in seqs})


def test_the_first_and_the_next_are_accepted() -> None:
    assert decide(Held(), 1, 1, GENESIS, tag(1)) == Decision(Kind.ACCEPT)
    assert decide(row(1, 2), 1, 3, tag(2), tag(3)) == Decision(Kind.ACCEPT)


def test_the_same_bundle_again_is_the_same() -> None:
    assert decide(row(1, 2), 1, 2, tag(1), tag(2)) == Decision(Kind.SAME)


@pytest.mark.fault("F16")
def test_the_same_number_with_other_bytes_is_a_fork() -> None:
    assert decide(row(1, 2), 1, 2, tag(1), tag(2, "b")) == Decision(Kind.FORK)


@pytest.mark.fault("F16")
def test_a_number_on_top_of_other_bytes_is_a_fork() -> None:
    assert decide(row(1, 2), 1, 3, tag(2, "b"), tag(3)) == Decision(Kind.FORK)
    assert decide(row(2), 1, 1, GENESIS, tag(1, "b")) == Decision(Kind.FORK)
    assert decide(Held(), 1, 1, tag(0), tag(1)) == Decision(Kind.FORK)


def test_a_gap_waits_and_names_what_is_missing() -> None:
    assert decide(row(1), 1, 4, tag(3), tag(4)) == Decision(Kind.WAITING, (2, 3))
    assert decide(row(1, 4), 1, 3, tag(2), tag(3)) == Decision(Kind.WAITING, (2,))


@pytest.mark.fault("F16")
def test_an_old_epoch_is_refused_and_a_new_one_starts_at_one() -> None:
    held = Held(2, {1: Seen(tag(1), GENESIS)})
    assert decide(held, 1, 9, tag(8), tag(9)) == Decision(Kind.OLD_EPOCH)
    assert decide(held, 3, 1, GENESIS, tag(1, "new")) == Decision(Kind.ACCEPT)


def test_a_jump_over_a_thousand_wants_a_person() -> None:
    assert decide(row(1), 1, 1001, tag(1000), tag(1001)).kind == Kind.WAITING
    assert decide(row(1), 1, 1002, tag(1001), tag(1002)) == Decision(Kind.JUMP)


@given(st.permutations(range(1, 9)))
def test_whatever_the_order_of_arrival_all_are_held_in_the_end_and_none_twice(order: list[int]) -> None:
    held = Held()
    for seq in order:
        prev = tag(seq - 1) if seq > 1 else GENESIS
        assert decide(held, 1, seq, prev, tag(seq)).kind in (Kind.ACCEPT, Kind.WAITING)
        held = Held(1, {**held.seqs, seq: Seen(tag(seq), prev)})
        assert decide(held, 1, seq, prev, tag(seq)).kind == Kind.SAME
    assert held.upto == 8


@given(st.sets(st.integers(1, 20)), st.integers(1, 20))
def test_other_bytes_under_a_held_number_are_never_accepted(numbers: set[int], seq: int) -> None:
    held = row(*numbers)
    decision = decide(held, 1, seq, tag(seq - 1) if seq > 1 else GENESIS, tag(seq, "b"))
    if seq in numbers or seq + 1 in numbers:
        assert decision.kind == Kind.FORK
