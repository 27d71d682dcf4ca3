"""Schools with codes that cost little to look at, and a hand that speaks tus through Flask's own client."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from flask.testing import FlaskClient

from appliance.catalog import school_codes
from appliance.station import Station
from tests.conftest import make_station
from tests.web import office

SECRET = "K7QM4HXP9TWD"
FILES = "/hand-in/files"
LESSON = "三年级数学《分数的初步认识》教师甲/教学设计.txt"


def enrol(station: Station, name: str) -> str:
    """The code as printed."""
    kdf = Argon2id(salt=b"0123456789abcdef", length=32, iterations=1, lanes=1, memory_cost=8)
    catalog = station.catalog()
    with catalog.writing() as db:
        number = school_codes.reserve(db, name, "经办甲")
        school_codes.set_code(db, number, kdf.derive_phc_encoded(SECRET.encode()), "经办甲")
    catalog.close()
    return f"{number}-K7QM-4HXP-9TWD"


def open_station(home: Path) -> Station:
    """A station that somebody uses already."""
    station = make_station(home)
    catalog = station.catalog()
    with catalog.writing() as db:
        office.add_user(db, office.USERS["clerk"], "clerk")
    catalog.close()
    return station


def said(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@dataclass
class Sender:
    client: FlaskClient
    token: str = ""
    school: str = ""

    def enter(self, code: str):
        self.read_token()
        answer = self.client.post("/hand-in/enter", data={"code": code, "csrf_token": self.token})
        self.read_token()
        return answer

    def read_token(self) -> None:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/hand-in").get_data(as_text=True))
        self.token = found[1] if found else ""

    def ask(self, method: str, path: str, more: dict[str, str] | None = None, data: bytes = b""):
        headers = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token} | (more or {})
        return self.client.open(path, method=method, headers=headers, data=data)

    def create(self, path: str, size: int | str, stamp: str = ""):
        metadata = f"relativePath {said(path)},stamp {said(stamp)}"
        return self.ask("POST", FILES, {"Upload-Length": str(size), "Upload-Metadata": metadata})

    def piece(self, address: str, offset: int | str, data: bytes, more: dict[str, str] | None = None):
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"} | (more or {})
        return self.ask("PATCH", address, headers, data)

    def done(self):
        return self.client.post("/hand-in/done", data={"csrf_token": self.token})
