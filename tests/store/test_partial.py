"""A large file goes on where it was cut off: F1, F2."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path

import pytest

from appliance.errors import SourceGone
from appliance.store import Store
from appliance.store.partial import PIECE

SIZE = 4 * PIECE + 4_000_000
WHOLE = (b"0123456789abcdef" * 64 + b"?") * (SIZE // 1025 + 1)


class Stick(io.BytesIO):
    """Counts what is read of it; pulled at a byte when told."""

    def __init__(self, content: bytes, pulled_at: int = SIZE) -> None:
        super().__init__(content)
        self.pulled_at, self.read_bytes, self.name = pulled_at, 0, 17

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def,override]
        if self.tell() + len(buffer) > self.pulled_at and self.tell() < self.getbuffer().nbytes:
            raise SourceGone()
        count = super().readinto(buffer)
        self.read_bytes += count
        return count

    def peek(self, at: int, count: int) -> bytes:
        return self.getvalue()[at : at + count]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def cut_off(store: Store, at: int) -> None:
    stick = Stick(WHOLE[:SIZE], at)
    with pytest.raises(SourceGone):
        store.put_on(stick, store.partial("k", stick.peek), lambda count: None)


def again(store: Store, content: bytes) -> tuple[int, int, bool]:
    """(bytes kept, bytes read from the stick, whether it differed); the blob must be that of `content`."""
    stick = Stick(content, 1 << 60)
    partial = store.partial("k", stick.peek)
    told: list[int] = []
    blob = store.put_on(stick, partial, told.append)
    assert (blob.sha256, sum(told)) == (sha256(content).hexdigest(), len(content))
    assert store.verify(blob.sha256)
    assert [path.name for path in (store.root / "partial").iterdir()] == ["k.whole"]
    return partial.at, stick.read_bytes, partial.differed


@pytest.mark.fault("F1")
def test_after_80_percent_only_the_rest_is_read_again(store: Store) -> None:
    cut_off(store, 3 * PIECE + 5_000_000)
    assert again(store, WHOLE[:SIZE]) == (3 * PIECE, SIZE - 3 * PIECE, False)


@pytest.mark.fault("F1")
def test_a_file_that_was_ended_before_the_pull_is_proven_and_not_read_again(store: Store) -> None:
    again(store, WHOLE[:SIZE])
    assert again(store, WHOLE[:SIZE]) == (SIZE, 0, False)


@pytest.mark.fault("F2", "F7")
@pytest.mark.parametrize("rotten", [False, True], ids=["another file", "a rotten blob"])
def test_what_was_ended_and_is_no_more_that_file_is_copied_again(store: Store, rotten: bool) -> None:
    again(store, WHOLE[:SIZE])
    if rotten:
        path = store.path(sha256(WHOLE[:SIZE]).hexdigest())
        path.chmod(0o640)
        with path.open("r+b") as file:
            file.seek(PIECE + 5)
            file.write(b"!")
    content = WHOLE[:SIZE] if rotten else bytes(SIZE)
    kept, read, _ = again(store, content)
    assert (kept, read) == (0, SIZE)


@pytest.mark.fault("F2")
def test_another_content_under_the_same_name_size_and_time_begins_from_zero(store: Store) -> None:
    cut_off(store, 3 * PIECE + 5_000_000)
    other = bytes(SIZE)
    assert again(store, other) == (0, SIZE, True)


@pytest.mark.fault("F3")
@pytest.mark.parametrize("place", [0, PIECE + 17, 3 * PIECE - 1], ids=["first", "second", "third piece"])
def test_what_a_power_cut_tore_does_not_fit_its_line_and_is_read_again(store: Store, place: int) -> None:
    cut_off(store, 3 * PIECE + 5_000_000)
    kept = store.partial("k").path
    kept.chmod(0o640)
    with kept.open("r+b") as file:
        file.seek(place)
        file.write(b"!")
    good = place // PIECE * PIECE
    assert again(store, WHOLE[:SIZE]) == (good, SIZE - good, False)


@pytest.mark.fault("F3")
@pytest.mark.parametrize("ledger", [b"", b"\xff\xfe", b"half a li"], ids=["empty", "no text", "torn"])
def test_without_a_ledger_that_fits_nothing_is_trusted(store: Store, ledger: bytes) -> None:
    cut_off(store, 3 * PIECE)
    store.partial("k").sums.write_bytes(ledger)
    assert again(store, WHOLE[:SIZE]) == (0, SIZE, False)


def test_a_second_copier_of_the_same_file_works_beside_the_first(store: Store) -> None:
    stick = Stick(WHOLE[:SIZE], 1 << 60)
    first = store.partial("k", stick.peek)
    held = first.open()
    assert held is not None
    with held:
        blob = store.put_on(stick, store.partial("k", stick.peek), lambda count: None)
    assert store.verify(blob.sha256)


def test_what_is_given_up_makes_room_and_what_somebody_copies_stays(store: Store) -> None:
    cut_off(store, 3 * PIECE)
    held = store.partial("k").open()
    assert held is not None
    with held:
        assert store.forget_partials() == 0
    assert store.forget_partials(spare={"k"}) == 0
    assert store.forget_partials() >= 3 * PIECE - (1 << 20)
    assert store.partial("k").there() == 0
