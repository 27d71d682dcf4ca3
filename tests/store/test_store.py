from __future__ import annotations

import io
import os
from hashlib import sha256
from pathlib import Path

import pytest

from appliance.errors import StorageFull
from appliance.model import Blob
from appliance.store import Store

PLAN = b"plan" * 1000
NAME = sha256(PLAN).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    made.prepare()
    return made


def files(store: Store) -> list[str]:
    return sorted(path.relative_to(store.root).as_posix() for path in store.root.rglob("*") if path.is_file())


def test_bytes_lie_under_their_hash_and_only_there(store: Store) -> None:
    assert store.put(io.BytesIO(PLAN)) == Blob(NAME, 4000, fresh=True)
    assert files(store) == [f"{NAME[:2]}/{NAME}"]
    assert store.path(NAME).read_bytes() == PLAN
    assert list(store.blobs()) == [NAME]


def test_the_same_bytes_again_are_known_and_kept_once(store: Store) -> None:
    store.put(io.BytesIO(PLAN))
    assert store.put(io.BytesIO(PLAN)) == Blob(NAME, 4000, fresh=False)
    assert files(store) == [f"{NAME[:2]}/{NAME}"]


@pytest.mark.fault("F7")
def test_a_blob_that_has_rotted_is_mended_by_the_same_bytes(store: Store) -> None:
    store.put(io.BytesIO(PLAN))
    path = store.path(NAME)
    path.chmod(0o640)
    path.write_bytes(b"rot!" + PLAN[4:])
    assert not store.verify(NAME)
    assert store.put(io.BytesIO(PLAN)) == Blob(NAME, 4000, fresh=True)
    assert store.verify(NAME)


def test_progress_counts_every_byte_once(store: Store) -> None:
    told: list[int] = []
    store.put(io.BytesIO(bytes(3_000_000)), told.append)
    assert sum(told) == 3_000_000


class Broken(io.RawIOBase):
    """Gives a little, then fails as a pulled stick does."""

    given = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def,override]
        if self.given:
            raise OSError(5, os.strerror(5))
        self.given = True
        buffer[:4] = b"plan"
        return 4


def test_a_source_that_fails_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(OSError, match="Input/output"):
        store.put(Broken())  # type: ignore[arg-type]
    assert files(store) == []


@pytest.mark.fault("F3")
def test_what_a_power_cut_left_is_swept(store: Store) -> None:
    (store.incoming / "1-abc").write_bytes(b"half")
    assert store.sweep() == 1
    assert files(store) == []


def test_room_is_refused_before_the_reserve_is_touched(tmp_path: Path) -> None:
    store = Store(tmp_path, reserve=1 << 60)
    with pytest.raises(StorageFull) as refusal:
        store.require_room(1)
    assert refusal.value.exit_code == 32


def test_what_another_part_put_beside_it_is_read_listed_given_up_and_swept_as_a_part_of_it(tmp_path: Path) -> None:
    beside = Store(tmp_path / "store/scans")
    store = Store(tmp_path / "store", beside=beside.root)
    mine, other = store.put(io.BytesIO(b"mine")).sha256, beside.put(io.BytesIO(b"another's")).sha256
    (beside.incoming / "left").write_bytes(b"half")
    assert (sorted(store.blobs()), store.verify(other), other in store) == (sorted([mine, other]), True, True)
    assert store.put(io.BytesIO(b"another's")).fresh
    assert (store.path(other).parent.parent, store.sweep()) == (store.root, 1)
    store.remove(other)
    assert (list(store.blobs()), list(beside.blobs())) == ([mine], [])
