"""Update files for a box in qemu, as `make update-file` writes them, but with a root that holds nothing to start."""

from __future__ import annotations

import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from appliance.box.update import parcel, signing
from appliance.box.update.manifest import PRODUCT, ROOT, Manifest
from appliance.catalog.schema import STEPS
from tests.image import made, sticks

KEY = made.OUT / "try.key"
_TRUSTED = made.TREE / "etc/lessonbox/update-keys/try.pem"
_BOOT = ("vmlinuz", "initrd")


def cannot() -> str:
    """ "" when the image trusts a key whose other half lies here."""
    if why := made.cannot_start():
        return why
    ours = KEY.exists() and _TRUSTED.exists() and _TRUSTED.read_bytes() == KEY.with_suffix(".pem").read_bytes()
    return "" if ours else "the image trusts no key of ours: make image KEYS=build/image/try.pem"


class Maker:
    """`place`: where the files come to lie. `card`: whose kernel and early start they carry."""

    def __init__(self, place: Path, card: Path) -> None:
        self._place, self._parts = place / "parts", {}
        self.files = place / "files"
        for folder in (self._place, self.files):
            folder.mkdir(parents=True)
        for name in _BOOT:
            self._parts[name] = self._place / name
            self._parts[name].write_bytes(made.copied(card, "boot", f"a/{name}"))
        (self._place / "empty/etc").mkdir(parents=True)
        self._parts[ROOT] = self._place / "root.erofs"
        subprocess.run(["mkfs.erofs", "--quiet", self._parts[ROOT], self._place / "empty"], check=True)

    def make(self, name: str, version: str, *, board: str = "pc", key: Ed25519PrivateKey | None = None) -> Path:
        out = self.files / f"{name}{parcel.SUFFIX}"
        parts = tuple(parcel.part_of(part, path) for part, path in self._parts.items())
        told = Manifest(PRODUCT, board, version, "0.1", 0, len(STEPS), parts, name)
        parcel.make(out, told, self._parts, [key or signing.private(KEY)])
        return out

    def spoil(self, name: str, update: Path, *, at: int | None = None) -> None:
        """A copy with its last byte missing, or, `at` bytes before its end, one that is another."""
        data = bytearray(update.read_bytes())
        if at is None:
            data.pop()
        else:
            data[-at] ^= 1
        (self.files / f"{name}{parcel.SUFFIX}").write_bytes(data)

    def stick(self, place: Path) -> Path:
        return sticks.of(self.files, place / "updates.img", size=192)
