"""Public keys as OpenSSH writes them: `ssh-ed25519 AAAA…`, over a blob of two strings (RFC 8709).

Taken apart here and not by `cryptography`'s loader: that one brings every kind of key, and a check of a bundle
waits for it.
"""

from __future__ import annotations

import base64
import binascii
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_HEAD = struct.pack(">I", 11) + b"ssh-ed25519" + struct.pack(">I", 32)


def public_line(key: Ed25519PublicKey) -> str:
    """Without a comment."""
    return f"ssh-ed25519 {base64.b64encode(blob_of(key)).decode()}"


def public_key(line: str) -> Ed25519PublicKey:
    """Raises `ValueError` for anything but an Ed25519 line."""
    words = line.split()
    if len(words) < 2 or words[0] != "ssh-ed25519":
        raise ValueError("not an Ed25519 key")
    try:
        return key_of(base64.b64decode(words[1], validate=True))
    except binascii.Error as error:
        raise ValueError("not base64") from error


def blob_of(key: Ed25519PublicKey) -> bytes:
    return _HEAD + key.public_bytes_raw()


def key_of(blob: bytes) -> Ed25519PublicKey:
    """Raises `ValueError`."""
    if len(blob) != len(_HEAD) + 32 or not blob.startswith(_HEAD):
        raise ValueError("not an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(blob[len(_HEAD) :])
