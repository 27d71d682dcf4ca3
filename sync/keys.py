"""The keys of a station, made at first need, never exported: sign and transport (Ed25519), courier (age X25519).
A station that receives has two more: `ca` signs its counties' certificates, `host` is its sshd's.

Each is a file in `<home>/secret` with mode 0600 and, for the SSH ones, a `.pub` beside it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from appliance.errors import SettingsWrong
from appliance.station import Station
from appliance.store.files import replacing
from sync.public_keys import public_line

OPENSSH = (ser.Encoding.PEM, ser.PrivateFormat.OpenSSH, ser.NoEncryption())


def ssh_key(station: Station, name: str) -> Ed25519PrivateKey:
    """The private key `name`: sign, transport, ca or host."""
    return _private(ssh_key_file(station, name))


def ssh_key_file(station: Station, name: str) -> Path:
    """Its file in OpenSSH's own format, for ssh and sshd to read."""
    path = station.folder("secret") / name
    with _making(station):
        if not path.exists():
            _write(path, Ed25519PrivateKey.generate().private_bytes(*OPENSSH))
        public = path.with_name(f"{name}.pub")
        if not public.exists():
            with replacing(public, 0o644) as out:
                out.write(f"{public_line(_private(path).public_key())} {name}@{station.settings.code}\n".encode())
    return path


def courier(station: Station) -> pyrage.x25519.Identity:
    path = station.folder("secret") / "courier"
    with _making(station):
        if not path.exists():
            _write(path, f"{pyrage.x25519.Identity.generate()}\n".encode())
    return pyrage.x25519.Identity.from_str(path.read_text().strip())


def box_id(station: Station) -> str:
    """Twelve hex digits that name this box: a second box of the same station has other keys."""
    line = public_line(ssh_key(station, "sign").public_key())
    return hashlib.sha256(line.encode()).hexdigest()[:12]


def _private(path: Path) -> Ed25519PrivateKey:
    try:
        key = ser.load_ssh_private_key(path.read_bytes(), None)
    except ValueError as error:
        raise SettingsWrong(f"密钥文件 {path.name} 读不懂") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingsWrong(f"密钥文件 {path.name} 不是 Ed25519")
    return key


def _write(path: Path, data: bytes) -> None:
    with replacing(path, 0o600) as out:
        out.write(data)


@contextmanager
def _making(station: Station) -> Iterator[None]:
    """Two processes that need a key for the first time get the same one."""
    fd = os.open(station.folder("secret") / ".making", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)
