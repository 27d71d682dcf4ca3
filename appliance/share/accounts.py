"""A school's account on the share: `school12`, with its 交件码 as the password.

Samba wants for each account a line of passwords and a user of the system. The lines lie in `secret/share`, read by
smbd when somebody knocks, so a new code holds at once and a revoked one no more. The users exist only inside smbd
(nss_wrapper): nothing else of the machine knows them, and nobody can log in as one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from appliance.share.md4 import md4
from appliance.station import Station
from appliance.store.files import replacing

WRITER = "lessonbox-share"  # whose name the written files carry inside smbd; the owner of `drops/lan` outside
_FIRST_UID = 60_000  # below it live people, above 65,533 nobody
_LINE = re.compile(r"school(\d+):\d+:X{32}:([0-9A-F]{32}):")


def account(number: int) -> str:
    return f"school{number}"


def folder(station: Station) -> Path:
    return station.folder("secret") / "share"


def give(station: Station, number: int, code: str) -> None:
    """`code` as printed. Called amid the catalog's transaction: one writer at a time."""
    _write(station, known(station) | {number: md4(code.encode("utf-16-le")).hex().upper()})


def take_away(station: Station, number: int) -> None:
    _write(station, {each: secret for each, secret in known(station).items() if each != number})


def give_nobody(station: Station) -> None:
    """The files, when no school has a code yet."""
    _write(station, known(station))


def known(station: Station) -> dict[int, str]:
    """Number of each school that has an account → its NT hash in hex."""
    path = folder(station) / "smbpasswd"
    return {int(number): secret for number, secret in _LINE.findall(path.read_text())} if path.exists() else {}


def _write(station: Station, secrets: Mapping[int, str]) -> None:
    place = folder(station)
    place.mkdir(0o700, exist_ok=True)
    # A last change at 0 means that the password must be changed first.
    lines = [
        f"{account(number)}:{_uid(number)}:{'X' * 32}:{secret}:[U          ]:LCT-00000001:\n"
        for number, secret in sorted(secrets.items())
    ]
    with replacing(place / "smbpasswd", 0o600) as out:
        out.write("".join(lines).encode())
    owner = os.stat(station.folder("drops/lan"))
    # Samba asks who a guest would be even where none is let in.
    users = ["root:x:0:0::/nonexistent:/usr/sbin/nologin\n", "nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n"]
    users += [f"{WRITER}:x:{owner.st_uid}:{owner.st_gid}::/nonexistent:/usr/sbin/nologin\n"]
    users += [
        f"{account(number)}:x:{_uid(number)}:{owner.st_gid}::/nonexistent:/usr/sbin/nologin\n"
        for number in sorted(secrets)
    ]
    with replacing(place / "passwd", 0o600) as out:
        out.write("".join(users).encode())
    with replacing(place / "group", 0o600) as out:
        out.write(f"root:x:0:\nnogroup:x:65534:\n{WRITER}:x:{owner.st_gid}:\n".encode())


def _uid(number: int) -> int:
    """Distinct for five thousand schools; it owns nothing, since every file is written as `WRITER`."""
    return _FIRST_UID + number % 5000
