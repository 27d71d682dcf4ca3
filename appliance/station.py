"""A station: its folder, its settings, its level.

```
<home>/station.toml   settings            store/        blobs          outbox/     sealed bundles
       secret/        keys (0700)         quarantine/   unusable bytes incoming/   what stations below send
       catalog.db     the catalog         drops/usb,lan what plays the stick and the share
       uploads/       files from browsers drops/browser what a school has handed in by browser
       backup/        catalog copies      trust/        who is trusted accepted/   verified bundles from below
       receipts/      signed receipts, issued and fetched               run/        sockets, heartbeats
       store/scans/   scans that the pages took in
       editions/      local rules over the year's (地方规则)             evidence/   pictures that show what was seen
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from appliance.catalog import Catalog
from appliance.errors import CatalogDamaged, NotAStation
from appliance.model import Level
from appliance.rules.edition import Edition
from appliance.rules.local import in_force
from appliance.settings import Settings, read_settings, write_settings
from appliance.store import Store
from appliance.store.evidence import Evidence
from appliance.store.quarantine import Quarantine

FOLDERS = (
    "secret", "store", "quarantine", "drops/usb", "drops/lan", "drops/browser", "uploads", "backup", "trust",
    "outbox", "incoming", "accepted", "receipts", "editions", "evidence", "run",
)  # fmt: skip


@dataclass(frozen=True)
class Station:
    home: Path
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def open(cls, home: Path) -> Station:
        """Raises `NotAStation`, `SettingsWrong`."""
        path = home / "station.toml"
        if not path.is_file():
            raise NotAStation(f"{home} 里没有 station.toml")
        return cls(home.resolve(), read_settings(path.read_bytes()))

    def stamp(self) -> tuple[int, int, int]:
        """Differs once the settings were written anew; a part that sees it ends, and is started with the new ones."""
        status = (self.home / "station.toml").stat()
        return status.st_mtime_ns, status.st_size, status.st_ino

    @property
    def level(self) -> Level:
        return Level(self.settings.level)

    def edition(self) -> Edition:
        """The rules in force here, local ones included. Raises `NotFound`, `EditionWrong`."""
        return in_force(self.settings.edition, self.home / "editions")

    def catalog(self) -> Catalog:
        """Raises `CatalogDamaged`, also when the file is gone: SQLite would make an empty one, and everything
        that was received would seem never to have been (F5)."""
        path = self.home / "catalog.db"
        if _lost(path):
            raise CatalogDamaged("目录库不见了")
        return Catalog.open(path)

    def store(self) -> Store:
        return Store(self.home / "store", self.settings.reserve_bytes, self.home / "store/scans")

    def scans(self) -> Store:
        """What comes through the pages one by one: they may not write into the store of what was received (`systemd/`),
        only here beside it."""
        return Store(self.home / "store/scans", self.settings.reserve_bytes)

    def quarantine(self) -> Quarantine:
        return Quarantine(self.home / "quarantine", self.settings.reserve_bytes)

    def evidence(self) -> Evidence:
        return Evidence(self.home / "evidence")

    def folder(self, name: str) -> Path:
        return self.home / name


def create(
    home: Path, level: str, name: str, code: str, more: Mapping[str, str | int | float] | None = None
) -> Station:
    """A new home, or the one that is there, unchanged. `more`: settings beside the first three.

    Keys are made by `sync`, at first need."""
    for folder in FOLDERS:
        (home / folder).mkdir(0o700 if folder == "secret" else 0o777, parents=True, exist_ok=True)
    path = home / "station.toml"
    if not path.exists():
        write_settings(home, {"level": level, "name": name, "code": code, **(more or {})})
    station = Station.open(home)
    station.store().prepare()
    station.scans().prepare()
    station.quarantine().prepare()
    _first_catalog(station)
    station.catalog().close()
    return station


def _first_catalog(station: Station) -> None:
    path = station.home / "catalog.db"
    if not _lost(path):
        return
    if any(station.folder("backup").iterdir()) or any(station.store().blobs()):
        raise CatalogDamaged("目录库不见了")
    path.touch(0o660)  # SQLite itself would never let a group write
    Catalog.open(path).close()


def _lost(catalog: Path) -> bool:
    return not catalog.is_file() or catalog.stat().st_size == 0
