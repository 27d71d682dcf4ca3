"""A box with two slots as files, and update files for it."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.box.update import parcel, signing
from appliance.box.update.manifest import Manifest
from appliance.box.update.slots import Box

SLOT = 8 << 20  # bytes
SCHEMA = 12
A = "title LessonBox a\nversion 1.0\nsort-key lessonbox\nlinux /a/vmlinuz\ninitrd /a/initrd\noptions lessonbox.slot=a ro quiet\n"
CONFIG = "arm_64bit=1\nos_prefix=a/\nkernel=vmlinuz\n"


@dataclass
class Bench:
    """`box`: as `apply` takes it; `update(…)`: a file; `keys`: whom the box trusts."""

    top: Path
    board: str = "pc"

    def __post_init__(self) -> None:
        boot = self.top / "boot"
        (boot / "loader/entries").mkdir(parents=True)
        (boot / "a").mkdir()
        (boot / "loader/entries/lessonbox-a.conf").write_text(A)
        (boot / "config.txt").write_text(CONFIG)
        (boot / "a/cmdline.txt").write_text("lessonbox.slot=a ro quiet\n")
        self.slot = self.top / "root-b"
        with self.slot.open("wb") as file:
            file.truncate(SLOT)
        for name in ("old", "new", "stranger"):
            signing.make_key(self.top / f"{name}.key", self.top / f"{name}.pem")
        (self.top / "keys").mkdir()
        for name in ("old", "new"):
            os.link(self.top / f"{name}.pem", self.top / f"keys/{name}.pem")
        self.box = Box(self.board, "1.0", "a", self.slot, boot, floor="0.9")
        self.keys = signing.trusted(self.top / "keys")
        self.floors: list[str] = []
        self.sources = {"root": self.top / "root.erofs", "vmlinuz": self.top / "kernel", "initrd": self.top / "early"}
        for name, path in self.sources.items():
            path.write_bytes(hashlib.shake_256(name.encode()).digest(3_000_000 if name == "root" else 50_000))

    def update(self, signers: tuple[str, ...] = ("old",), name: str = "u", **changes: Any) -> Path:
        parts = tuple(parcel.part_of(part, path) for part, path in self.sources.items())
        told = Manifest("lessonbox", self.board, "1.1", "1.0", 1, SCHEMA, parts, "更正了几处")
        path = self.top / f"{name}{parcel.SUFFIX}"
        told = dataclasses.replace(told, **changes)
        parcel.make(path, told, self.sources, [signing.private(self.top / f"{one}.key") for one in signers])
        return path

    def entries(self) -> list[str]:
        return sorted(path.name for path in (self.top / "boot/loader/entries").iterdir())

    def slot_holds_the_update(self) -> bool:
        root = self.sources["root"].read_bytes()
        return self.slot.read_bytes()[: len(root)] == root
