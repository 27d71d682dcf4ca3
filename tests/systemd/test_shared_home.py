"""Three users share one home: what the units' rights promise, tried with real processes of those users."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from appliance import heartbeat, journal
from appliance.backup import recovery
from appliance.station import Station, create
from sync import keys
from tests.systemd.conftest import UNITS
from web import secret

pytestmark = [
    pytest.mark.root,
    pytest.mark.skipif(os.geteuid() != 0, reason="becoming other users needs root"),
    pytest.mark.skipif(not shutil.which("systemd-tmpfiles"), reason="systemd-tmpfiles is missing: systemd"),
]
USERS = {
    name: int(number)
    for name, number in re.findall(
        r"^u lessonbox-(\S+) +(\d+)", (UNITS / "sysusers.d/lessonbox.conf").read_text(), re.M
    )
}
GROUP = int(re.findall(r"^g lessonbox +(\d+)", (UNITS / "sysusers.d/lessonbox.conf").read_text(), re.M)[0])


def as_user(user: str, work: Callable[[], object]) -> object:
    """Runs `work` in a child that is one of the box's users, with the umask of the units; returns what it returned,
    as text, or raises with what it raised."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            os.setgroups([])
            os.setgid(GROUP)
            os.setuid(USERS[user])
            os.umask(0o007)
            said = f"done {work()}"
        except BaseException as error:
            said = f"failed {error!r}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        said = file.read().decode()
    os.waitpid(child, 0)
    how, _, what = said.partition(" ")
    if how == "failed":
        raise AssertionError(f"{user}: {what}")
    return what


@pytest.fixture
def home() -> Iterator[Path]:
    top = Path(tempfile.mkdtemp(prefix="lessonbox-home-"))
    top.chmod(0o755)
    subprocess.run([UNITS / "install.sh", "--root", top], check=True)
    subprocess.run(["systemd-sysusers", f"--root={top}"], check=True, capture_output=True)
    subprocess.run(["systemd-tmpfiles", f"--root={top}", "--create"], check=True)
    home = top / "data/lessonbox"
    as_user("watch", lambda: create(home, "county", "示例县", "000001"))
    yield home
    shutil.rmtree(top)


def note(home: Path, who: str) -> int:
    with Station.open(home).catalog().writing() as db:
        return journal.append(db, "test", who, {})


def test_each_part_writes_the_catalog_that_the_others_write(home: Path) -> None:
    numbers = [as_user(who, lambda who=who: note(home, who)) for who in ("watch", "web", "courier", "watch", "web")]
    assert numbers == ["1", "2", "3", "4", "5"]


def test_what_the_watcher_stored_the_others_can_read_and_not_change(home: Path) -> None:
    station = Station.open(home)
    sha256 = str(as_user("watch", lambda: station.store().put(io.BytesIO(b"bytes of a lesson")).sha256))
    blob = station.store().path(sha256)
    assert [as_user(who, blob.read_bytes) for who in ("web", "courier")] == ["b'bytes of a lesson'"] * 2
    with pytest.raises(AssertionError, match="PermissionError"):
        as_user("web", lambda: blob.open("ab"))


def test_the_pages_put_a_scan_beside_the_store_and_every_part_reads_it_as_a_part_of_it(home: Path) -> None:
    station = Station.open(home)
    sha256 = str(as_user("web", lambda: station.scans().put(io.BytesIO(b"bytes of a scan")).sha256))
    assert [as_user(who, station.store().path(sha256).read_bytes) for who in ("watch", "courier")] == [
        "b'bytes of a scan'"
    ] * 2
    assert (
        as_user("watch", lambda: (station.store().verify(sha256), [*station.store().blobs()]))
        == f"(True, ['{sha256}'])"
    )
    unit = (UNITS / "lessonbox-web.service").read_text()
    assert re.findall(r"^(?:ReadOnly|ReadWrite)Paths=-?(\S+)$", unit, re.M) == [
        "/data/lessonbox/store", "/data/lessonbox/store/scans",
    ]  # fmt: skip


def test_no_part_reads_or_replaces_the_keys_of_another(home: Path) -> None:
    station = Station.open(home)
    as_user("web", lambda: secret.session_key(home))
    as_user("courier", lambda: keys.ssh_key(station, "sign"))
    for who, name in (("watch", "sign"), ("web", "sign"), ("courier", "session")):
        with pytest.raises(AssertionError, match="PermissionError"):
            as_user(who, (home / "secret" / name).read_bytes)
        with pytest.raises(AssertionError, match="PermissionError"):
            as_user(who, (home / "secret" / name).unlink)


def test_the_key_of_the_backups_is_made_by_the_pages_and_read_by_the_nightly_run(home: Path) -> None:
    code = as_user("web", lambda: recovery.make(home).code)
    assert as_user("watch", lambda: recovery.needed(home).code) == code
    as_user("web", lambda: recovery.on_paper(home))
    assert as_user("watch", lambda: recovery.needed(home).code) == ""
    as_user("web", lambda: recovery.keep_for_restoring(home, recovery.keys_of(str(code))))
    assert as_user("watch", lambda: recovery.for_restoring(home).id) == as_user("web", lambda: recovery.needed(home).id)
    as_user("watch", lambda: recovery.forget_for_restoring(home))
    assert (home / "secret/restore.key").read_bytes() == b""


def test_a_part_sees_that_the_part_of_another_user_is_alive(home: Path) -> None:
    run = home / "run"
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        as_user("watch", lambda: heartbeat.beat(run, "watch"))
        said = (run / "watch").read_text()
        own = re.sub(r'"pid": \d+', f'"pid": {sleeper.pid}', said)
        (run / "watch").write_text(own)
        assert as_user("web", lambda: heartbeat.read(run)["watch"]["alive"]) == "True"
    finally:
        sleeper.communicate(b"\n")
