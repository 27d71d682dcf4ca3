import io
from pathlib import Path

from appliance.store import Store


def test_a_sweep_leaves_what_somebody_is_copying(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.prepare()
    (store.incoming / "1-ab").write_bytes(b"half")
    swept: list[int] = []
    blob = store.put(io.BytesIO(b"whole"), lambda count: swept.append(Store(store.root).sweep()))
    assert (swept, blob.sha256 in store) == ([1], True)
    assert list(store.incoming.iterdir()) == []
