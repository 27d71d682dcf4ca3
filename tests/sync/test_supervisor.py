import sys
import threading
import time

import pytest

from sync import causes, selftest, supervisor
from sync.transports import TRANSPORTS
from tests.sync.conftest import Pair

SEEN = [
    (255, "ssh: connect to host 10.0.0.9 port 22: Connection refused\r\n", "not-listening"),
    (255, "10.0.0.9 port 22: Connection refused\n", "not-listening"),
    (255, "ssh: connect to host 10.0.0.9 port 22: No route to host", "no-route"),
    (255, "ssh: connect to host 10.0.0.9 port 22: Connection timed out", "silent"),
    (255, "Timeout, server 10.0.0.9 not responding.", "silent"),
    (255, "ssh: Could not resolve hostname city: Name or service not known", "no-host"),
    (255, "root@127.0.0.1: Permission denied (publickey).", "refused-key"),
    (255, "Host key verification failed.", "host-key"),
    (12, "rsync: connection unexpectedly closed (1024 bytes received so far) [sender]", "cut"),
    (10, "rsync error: error in socket IO (code 10)", "cut"),
    (20, "rsync error: received SIGINT, SIGTERM, or SIGHUP (code 20)", "cut"),
    (30, "rsync error: timeout in data send/receive (code 30)", "silent"),
    (11, 'rsync: write failed on "x": No space left on device (28)', "full-above"),
    (12, "/usr/bin/rrsync error: option --delete has been disabled on this server.", "gate"),
    (23, "rsync error: some files/attrs were not transferred (code 23)", "partial"),
    (14, "rsync: Failed to exec ssh: No such file or directory (2)", "no-program"),
    (-9, "", "cut"),
    (99, "something new", "unknown"),
    (0, "", "done"),
]


@pytest.mark.parametrize(("code", "stderr", "name"), SEEN)
def test_code_and_words_together_give_the_cause(code: int, stderr: str, name: str) -> None:
    assert causes.classify(code, stderr).name == name


def test_every_cause_has_words_for_a_clerk() -> None:
    assert [cause.name for cause in (*causes.CAUSES, causes.UNKNOWN) if not cause.says] == []


def test_waits_grow_from_two_seconds_to_five_minutes() -> None:
    assert [round(supervisor.wait_after(n, 0.5)) for n in (1, 2, 3, 4, 8, 9, 50, 10_000)] == [
        2,
        4,
        8,
        16,
        256,
        300,
        300,
        300,
    ]
    assert [round(supervisor.wait_after(1, part), 6) for part in (0.0, 1.0)] == [1.6, 2.4]


def test_a_session_is_ended_when_the_route_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = iter(["10.0.0.2", "10.0.0.2"])
    monkeypatch.setattr(supervisor, "local_address", lambda host: next(addresses, "10.0.1.7"))
    began = time.monotonic()
    outcome = supervisor.run([sys.executable, "-c", "import time; time.sleep(60)"], "10.0.0.9")
    assert (outcome.cause, time.monotonic() - began < 20) == (supervisor.ROUTE, True)


def test_a_session_is_ended_when_the_box_stops() -> None:
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    outcome = supervisor.run([sys.executable, "-c", "import time; time.sleep(60)"], "127.0.0.1", stop)
    assert outcome.cause == supervisor.STOPPED


def test_progress_is_told_while_it_runs() -> None:
    told: list[int] = []
    script = r"import time; print('  1,048,576  45%  1.00MB/s  0:00:01', end='\r', flush=True); time.sleep(1.2)"
    assert supervisor.run([sys.executable, "-c", script], "127.0.0.1", progress=told.append).ok
    assert told[-1:] == [1_048_576]


def test_a_missing_program_is_an_outcome_and_not_a_crash() -> None:
    assert supervisor.run(["/nonexistent/rsync"], "127.0.0.1").cause.name == "no-program"


def test_the_installed_rsync_and_rrsync_resume_a_cut_transfer() -> None:
    found = selftest.resumes()
    assert (found.ok, found.kept > selftest.SIZE // 4) == (True, True), found


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_every_transport_pushes_a_folder_and_fetches_one(kind: str, pair: Pair, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from appliance.catalog import peers

    catalog = pair.county.catalog()
    above = peers.above(catalog.db)
    assert above is not None
    transport = TRANSPORTS[kind](pair.county, above["document"], None)
    (tmp_path / "s/data").mkdir(parents=True)
    (tmp_path / "s/data/a").write_bytes(b"one")
    (tmp_path / "s/b").write_bytes(b"two")
    pushed = transport.push(tmp_path / "s", "/640502-00009/v1/", without=("/b",))
    there = pair.city.home / "incoming/county-640502/640502-00009/v1"
    assert (pushed.ok, sorted(p.name for p in there.rglob("*"))) == (True, ["a", "data"])
    (pair.city.home / "receipts/county-640502/000001.json").write_bytes(b"{}")
    assert transport.fetch("/", tmp_path / "down").ok
    assert (tmp_path / "down/000001.json").read_bytes() == b"{}"
    pair.cut_line()
    assert transport.fetch("/", tmp_path / "down").cause.name == "not-listening"
