"""Local HTTPS: what the authority can vouch for and what not, when it renews, and real TLS to the real pages."""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import socket
import ssl
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from appliance.errors import NotAllowed
from appliance.station import Station
from tests.conftest import run_lessonbox
from web import create_app
from web.command import LIMITS
from web.tls import certificates, command, keeping, serving

NOW = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)
NAMES = ["192.168.7.20", "box.local", "127.0.0.1"]


@pytest.fixture
def made(station: Station) -> Station:
    keeping.make(station, NOW, NAMES)
    return station


@pytest.fixture
def door(office_station: Station) -> tuple[int, Path]:
    """(the port of a box that serves TLS, its authority's file)."""
    keeping.make(office_station, dt.datetime.now(dt.UTC), NAMES)
    listening = socket.create_server(("127.0.0.1", 0))
    serving.start(office_station, create_app(office_station), listening, LIMITS)
    return listening.getsockname()[1], keeping.folder(office_station) / "ca.crt"


def ask(port: int, authority: Path | None, path: str = "/health", host: str = "127.0.0.1") -> http.client.HTTPResponse:
    trust = ssl.create_default_context(cafile=str(authority) if authority else None)
    return_to = http.client.HTTPSConnection(host, port, context=trust, timeout=20)
    return_to.request("GET", path, headers={"Host": f"{host}:{port}"})
    return return_to.getresponse()


def test_a_browser_that_trusts_the_box_reads_its_pages_encrypted(door):
    port, authority = door
    answer = ask(port, authority)
    assert (answer.status, json.load(answer)["ok"]) == (200, True)
    leads = ask(port, authority, "/")
    assert (leads.status, leads.headers["Location"]) == (303, "/login")


def test_a_browser_that_was_not_told_refuses(door):
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(door[0], None)


def test_who_comes_through_tls_is_never_taken_for_the_boxs_own_screen(door):
    assert ask(*door, "/screen").status == 404


def test_forms_and_large_answers_pass_whole(door, office_station):
    port, authority = door
    page = ask(port, authority, "/static/vendor/htmx.min.js").read()
    assert page == Path("web/static/vendor/htmx.min.js").read_bytes()


def test_guests_that_say_nothing_or_no_tls_keep_nobody_out(door):
    port, authority = door
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(120)]
    plain = socket.create_connection(("127.0.0.1", port))
    plain.sendall(b"GET / HTTP/1.0\r\n\r\n")
    assert ask(port, authority).status == 200
    for one in (*silent, plain):
        one.close()


@pytest.mark.parametrize("name", ["bank.example", "8.8.8.8", "local.example"])
def test_even_with_the_authoritys_key_nobody_becomes_a_site_of_the_world(made, name, tmp_path, monkeypatch):
    """Signed against the bounds: OpenSSL, as browsers do, refuses it because the authority is bound to local names."""
    monkeypatch.setattr(certificates, "is_local", lambda _: True)
    place = keeping.folder(made)
    key = ec.generate_private_key(ec.SECP256R1())
    now = dt.datetime.now(dt.UTC)
    cert = certificates.certificate(
        keeping.authority(made), keeping._private_key(place / "ca.key"), key.public_key(), [name], now
    )
    (tmp_path / "false.pem").write_bytes(keeping._private(key) + keeping._public(cert))
    assert "permitted subtree violation" in handshake(tmp_path / "false.pem", place / "ca.crt", name)
    good = certificates.certificate(
        keeping.authority(made), keeping._private_key(place / "ca.key"), key.public_key(), ["box.local"], now
    )
    (tmp_path / "good.pem").write_bytes(keeping._private(key) + keeping._public(good))
    assert handshake(tmp_path / "good.pem", place / "ca.crt", "box.local") == ""


def handshake(own: Path, authority: Path, name: str) -> str:
    """What a client says about this server; "" when it is content."""
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=str(authority))
    server.load_cert_chain(own)
    here, there = socket.socketpair()

    def serve() -> None:
        try:
            server.wrap_socket(here, server_side=True).close()
        except OSError:
            here.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        client.wrap_socket(there, server_hostname=name).close()
        return ""
    except ssl.SSLCertVerificationError as error:
        return str(error)
    finally:
        there.close()
        thread.join()


@pytest.mark.parametrize(
    ("now", "names", "renewed"),
    [
        (NOW + dt.timedelta(days=700), NAMES, False),
        (NOW + dt.timedelta(days=750), NAMES, True),
        (NOW, [*NAMES, "192.168.7.99"], True),
        (NOW, [*NAMES, "8.8.8.8"], False),
    ],
    ids=["still good", "ends soon", "another address", "an address it may not vouch for"],
)
def test_the_certificate_is_renewed_when_it_ends_soon_or_lacks_an_address(made, now, names, renewed):
    authority = keeping.authority(made)
    assert keeping.ready(made, now, names) == renewed
    assert set(certificates.names_of(keeping.own(made))) >= {name for name in names if certificates.is_local(name)}
    assert keeping.authority(made) == authority  # tablets need not be told anew


@pytest.mark.parametrize("lost", ["box.crt", "box.key"])
def test_a_file_that_a_power_cut_left_half_is_made_again(made, lost):
    (keeping.folder(made) / lost).write_bytes(b"-----BEGIN")
    assert keeping.ready(made, NOW, NAMES)
    assert not keeping.ready(made, NOW, NAMES)


def test_tablets_accept_how_long_it_lasts_and_a_box_without_a_clock_battery_is_not_too_early(made):
    own = keeping.own(made)
    assert (own.not_valid_after_utc - own.not_valid_before_utc).days <= 825
    assert keeping.authority(made).not_valid_before_utc == certificates.BEFORE_ANY_BOX


def test_keys_can_be_read_by_their_owner_alone(made):
    assert {path.name: path.stat().st_mode & 0o777 for path in keeping.folder(made).iterdir()} == {
        "ca.key": 0o600, "ca.crt": 0o600, "box.key": 0o600, "box.crt": 0o600,
    }  # fmt: skip


def test_the_command_makes_shows_and_takes_away(station):
    shown = run_lessonbox("https", "make", "--name", "keting.lan", "--home", station.home, "--json")
    data = json.loads(shown.stdout)
    assert "keting.lan" in data["names"]
    parser = argparse.ArgumentParser()
    command.arguments(parser)

    def run(*words: str) -> dict:
        return command.run(parser.parse_args(words, argparse.Namespace(home=station.home))).data

    assert run("make")["fingerprint"] == data["fingerprint"]
    assert run("make", "--anew")["fingerprint"] != data["fingerprint"]
    with pytest.raises(NotAllowed):
        run("make", "--name", "bank.example")
    assert run("off") == {"on": False}
    with pytest.raises(NotAllowed):
        run("show")


def test_the_page_offers_the_public_part_and_says_when_it_is_off(visitor, office_station):
    someone = visitor()
    assert "没有开加密访问" in someone.get("/https").get_data(as_text=True)
    assert someone.get("/https/authority").status_code == 404
    keeping.make(office_station, NOW, NAMES)
    handed = someone.get("/https/authority").data
    assert handed[:1] == b"0" and b"PRIVATE" not in handed
