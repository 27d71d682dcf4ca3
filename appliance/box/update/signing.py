"""Who made an update: Ed25519 over the manifest. Two keys may sign, so that one can be replaced by the next: boxes that
know only the old one and boxes that know only the new one take the same file."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from appliance.errors import UpdateRefused

KEYS = Path("/etc/lessonbox/update-keys")  # public ones, part of the read-only system
LARGEST = 4096  # bytes of the signatures
_PURPOSE = b"lessonbox-update@v1\n"  # so that no signature made for something else fits


def sign(manifest: bytes, keys: list[Ed25519PrivateKey]) -> bytes:
    signed = {name_of(key.public_key()): base64.b64encode(key.sign(_PURPOSE + manifest)).decode() for key in keys}
    return json.dumps(signed, sort_keys=True).encode()


def require(manifest: bytes, signatures: bytes, trusted: list[Ed25519PublicKey]) -> str:
    """The name of the key that holds. Raises `UpdateRefused` (SIGNATURE) when none of ours does."""
    try:
        found = dict(json.loads(signatures))
    except (ValueError, TypeError) as error:
        raise UpdateRefused("更新文件的签名读不懂", code="SIGNATURE") from error
    for key in trusted:
        if _holds(key, manifest, found.get(name_of(key))):
            return name_of(key)
    raise UpdateRefused("更新文件不是由认得的密钥签名的，或被改过", code="SIGNATURE")


def _holds(key: Ed25519PublicKey, manifest: bytes, signature: object) -> bool:
    if not isinstance(signature, str):
        return False
    try:
        key.verify(base64.b64decode(signature, validate=True), _PURPOSE + manifest)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def name_of(key: Ed25519PublicKey) -> str:
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def trusted(folder: Path | None = None) -> list[Ed25519PublicKey]:
    """Keys that this system was built with (KEYS); none: it takes no updates."""
    found, folder = [], folder or KEYS
    for path in sorted(folder.glob("*.pem")) if folder.is_dir() else []:
        key = serialization.load_pem_public_key(path.read_bytes())
        if isinstance(key, Ed25519PublicKey):
            found.append(key)
    return found


def make_key(private: Path, public: Path) -> None:
    """A new pair. Refuses to write over one."""
    key = Ed25519PrivateKey.generate()
    with private.open("xb") as out:
        private.chmod(0o600)
        pem = serialization.Encoding.PEM
        out.write(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo))


def private(path: Path) -> Ed25519PrivateKey:
    """Raises `UpdateRefused` (KEY)."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except ValueError as error:
        raise UpdateRefused(f"{path} 不是签名用的密钥", code="KEY") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UpdateRefused(f"{path} 不是 Ed25519 密钥", code="KEY")
    return key
