"""An office with people and lessons in it, its pages in process and behind a real server."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress.server import create_server

from appliance.catalog import Catalog
from appliance.station import Station
from tests.conftest import make_station
from tests.web import office
from tests.web.schools import Sender, enrol
from web import create_app, lan


@dataclass
class Visitor:
    """Somebody with a browser: keeps cookies, and sends the token of the form that it read."""

    client: FlaskClient

    def get(self, path: str, **more):
        return self.client.get(path, **more)

    def post(self, path: str, page: str = "/help", **form: str):
        """Posts a form as a browser would after opening `page`."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(page).get_data(as_text=True))
        return self.client.post(path, data=form | {"csrf_token": found[1] if found else ""})

    def sign_in(self, name: str, password: str = office.PASSWORD):
        return self.post("/login", "/login", name=name, password=password)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """Read only: tests that change something take `office_station`."""
    station = make_station(tmp_path_factory.mktemp("office") / "county")
    office.furnish(station)
    return station


@pytest.fixture
def office_station(tmp_path: Path) -> Station:
    station = make_station(tmp_path / "county")
    office.furnish(station)
    return station


@pytest.fixture
def app(office_station: Station) -> Flask:
    return create_app(office_station)


@pytest.fixture
def visitor(app: Flask) -> Callable[..., Visitor]:
    """`visitor()` knows nobody; `visitor("clerk")` has signed in."""

    def come(role: str = "", name: str = "") -> Visitor:
        someone = Visitor(app.test_client())
        if role or name:
            assert someone.sign_in(name or office.USERS[role]).status_code == 303
        return someone

    return come


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every SQL statement that any catalog opened from now on runs. Ours are in small letters; SQLite's own, of
    the word index, in capitals."""
    statements: list[str] = []
    plain = Catalog.open.__func__

    def opening(cls: type[Catalog], path: Path) -> Catalog:
        catalog = plain(cls, path)
        catalog.db.conn.set_trace_callback(statements.append)
        return catalog

    monkeypatch.setattr(Catalog, "open", classmethod(opening))
    return statements


def queries(statements: list[str]) -> list[str]:
    """Of `counted`, those that ask or write rows."""
    return [each for each in statements if each.startswith(("select", "update", "insert"))]


@pytest.fixture(scope="session")
def served(furnished: Station) -> Iterator[int]:
    """The port of a real server with the furnished office."""
    server = create_server(create_app(furnished), host="127.0.0.1", port=0, threads=8, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield int(server.effective_port)
    server.close()


@pytest.fixture
def without_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A box whose cable is not in: it has no address that others could open."""
    monkeypatch.setattr(lan.addresses, "__defaults__", (tmp_path / "no routes",))


@pytest.fixture
def come(station: Station) -> Callable[[str], Sender]:
    """`come("示例一小")`: somebody with this school's code."""
    app = create_app(station)

    def school(name: str) -> Sender:
        sender = Sender(app.test_client(), school=name)
        assert sender.enter(enrol(station, name)).status_code == 303
        return sender

    return school


@pytest.fixture
def db(office_station):
    """The office's catalog."""
    catalog = office_station.catalog()
    yield catalog.db
    catalog.close()
