"""SSHSIG: the signature that `ssh-keygen -Y sign` writes and `ssh-keygen -Y verify` reads, Ed25519 only.

Format: OpenSSH's PROTOCOL.sshsig, version 1. The namespace keeps a signature under a receipt from being
taken for one under a bundle.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.public_keys import blob_of, key_of, public_line

BUNDLE, RECEIPT, ENROL = "lesson-bundle@v1", "lesson-receipt@v1", "lesson-enrol@v1"
LARGEST = 4096  # bytes of a signature file; an Ed25519 one has about 300

_MAGIC, _TYPE, _HASHES = b"SSHSIG", b"ssh-ed25519", {b"sha512": hashlib.sha512, b"sha256": hashlib.sha256}
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"


class BadSignature(ValueError):
    """Not a signature, not of this namespace, or not over these bytes."""


@dataclass(frozen=True)
class Signed:
    """`key` is the signer's public line, `ssh-ed25519 AAAA…`. Whether to trust it is another question."""

    key: str


def sign(key: Ed25519PrivateKey, message: bytes, namespace: str) -> bytes:
    """The armoured signature. Ed25519 is deterministic: the same message gives the same bytes."""
    signature = key.sign(_to_sign(namespace.encode(), b"sha512", hashlib.sha512(message).digest()))
    blob = (
        _MAGIC + struct.pack(">I", 1) + _string(blob_of(key.public_key())) + _string(namespace.encode())
        + _string(b"") + _string(b"sha512") + _string(_string(_TYPE) + _string(signature))
    )  # fmt: skip
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def verify(signature: bytes, message: bytes, namespace: str) -> Signed:
    """Raises `BadSignature`."""
    reader = _Reader(_unarmoured(signature))
    if reader.take(6) != _MAGIC or reader.number() != 1:
        raise BadSignature("not an SSH signature")
    key_blob, space, _reserved, hash_name = (reader.string() for _ in range(4))
    inner = _Reader(reader.string())
    kind, raw = inner.string(), inner.string()
    if reader.rest() or inner.rest() or kind != _TYPE or hash_name not in _HASHES:
        raise BadSignature("not an Ed25519 signature")
    if space != namespace.encode():
        raise BadSignature("another namespace")
    line, key = _key(key_blob)
    try:
        key.verify(raw, _to_sign(space, hash_name, _HASHES[hash_name](message).digest()))
    except InvalidSignature as error:
        raise BadSignature("not over these bytes") from error
    return Signed(line)


def _key(blob: bytes) -> tuple[str, Ed25519PublicKey]:
    try:
        key = key_of(blob)
    except ValueError as error:
        raise BadSignature("not an Ed25519 key") from error
    return public_line(key), key


def _to_sign(namespace: bytes, hash_name: bytes, digest: bytes) -> bytes:
    return _MAGIC + _string(namespace) + _string(b"") + _string(hash_name) + _string(digest)


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _unarmoured(signature: bytes) -> bytes:
    if len(signature) > LARGEST:
        raise BadSignature("too large")
    try:
        lines = signature.decode("ascii").strip().splitlines()
        if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
            raise BadSignature("no armour")
        return base64.b64decode("".join(lines[1:-1]), validate=True)
    except (UnicodeDecodeError, binascii.Error) as error:
        raise BadSignature("not base64") from error


class _Reader:
    """SSH's wire format: numbers of four bytes, strings with their length before them."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def take(self, count: int) -> bytes:
        if count > len(self.data):
            raise BadSignature("cut short")
        piece, self.data = self.data[:count], self.data[count:]
        return piece

    def number(self) -> int:
        return int(struct.unpack(">I", self.take(4))[0])

    def string(self) -> bytes:
        return self.take(self.number())

    def rest(self) -> bytes:
        return self.data
