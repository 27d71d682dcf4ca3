"""A station: its folder, its settings (one TOML; unknown keys are errors), its level.

```
<home>/station.toml   settings            store/        blobs          outbox/     sealed bundles
       secret/        keys (0700)         quarantine/   unusable bytes incoming/   what stations below send
       catalog.db     the catalog         drops/usb,lan what plays the stick and the share
       uploads/       files from browsers drops/browser what a school has handed in by browser
       backup/        catalog copies      trust/        who is trusted accepted/   verified bundles from below
       receipts/      signed receipts, issued and fetched               run/        sockets, heartbeats
       editions/      local rules over the year's (地方规则)             evidence/   pictures that show what was seen
```
"""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance.catalog import Catalog
from appliance.errors import CatalogDamaged, NotAStation, SettingsWrong
from appliance.model import Identity, Level
from appliance.rules.edition import Edition
from appliance.rules.local import in_force
from appliance.store import Store
from appliance.store.evidence import Evidence
from appliance.store.files import replacing
from appliance.store.quarantine import Quarantine

FOLDERS = (
    "secret", "store", "quarantine", "drops/usb", "drops/lan", "drops/browser", "uploads", "backup", "trust",
    "outbox", "incoming", "accepted", "receipts", "editions", "evidence", "run",
)  # fmt: skip


_PORTS, _MOST = 65_536, 2**62
PROFILES = ("design_first", "finished_video")
_PROFILE_ROW = re.compile(rf"(\*|\w+)(/\w+)?=({'|'.join(PROFILES)})", re.ASCII)
_CODE = re.compile(r"[0-9A-Za-z]{1,20}")  # a folder above and a certificate are named by it


@dataclass(frozen=True)
class Settings:
    """What a technician sets. Seconds, bytes and counts as the names say."""

    level: str = "county"
    name: str = "未命名站点"
    code: str = "000000"
    edition: str = "2024"
    profile: str = "design_first"  # or finished_video: schools bring everything at once
    profiles: tuple[str, ...] = ()  # where it is another: "experiment=finished_video", "subject/senior=design_first"
    quiet_seconds: float = 5.0  # nobody wrote for so long: a file is settled
    rescan_seconds: float = 5.0
    reserve_bytes: int = 2_000_000_000
    port: int = 8080  # web
    lan_address: str = "127.0.0.1"  # address that the web server listens on
    share_port: int = 0  # the schools' shared folder by SMB when not 0; 445 is what Windows knows
    sshd_port: int = 0  # reception by ssh when not 0
    sync_seconds: float = 60.0  # the courier's rhythm
    bandwidth_kib: int = 0  # 0: no limit
    school_bytes: int = 50_000_000_000  # what one school may hand in by browser
    address: str = ""  # in the office's network, 192.168.1.20/24; "" asks the network
    gateway: str = ""
    dns: tuple[str, ...] = ()
    rotation: int = 0  # degrees by which the box's own screen is turned, clockwise
    upload_hours: float = 72.0  # a file whose upload rests for so long, while the box runs, is given up
    printer: str = ""  # the receipt printer: a device or socket, such as /dev/usb/lp0; "": none
    idle_minutes: float = 5.0  # the box's own screen rests after so long without a touch; 0: never
    sign_out_minutes: float = 30.0  # and signs out after so long, when nothing stands half written; 0: never
    usb_mounts: tuple[str, ...] = ("/run/lessonbox/usb", "/media")  # file systems mounted below are sticks

    def profile_of(self, identity: Identity) -> str:
        """By category and stage; the first row of `profiles` that fits, else `profile`."""
        for row in self.profiles:
            where, _, profile = row.partition("=")
            category, _, stage = where.partition("/")
            if category in ("*", identity.category) and stage in ("", identity.stage):
                return profile
        return self.profile


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
        return Store(self.home / "store", self.settings.reserve_bytes)

    def quarantine(self) -> Quarantine:
        return Quarantine(self.home / "quarantine", self.settings.reserve_bytes)

    def evidence(self) -> Evidence:
        return Evidence(self.home / "evidence")

    def folder(self, name: str) -> Path:
        return self.home / name


def read_settings(text: bytes) -> Settings:
    try:
        values = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"station.toml 读不懂：{error}") from error
    known = {f.name: f for f in dataclasses.fields(Settings)}
    if unknown := sorted(set(values) - set(known)):
        raise SettingsWrong(f"station.toml 里有不认识的设置：{'、'.join(unknown)}")
    default = Settings()
    for name, value in values.items():
        wanted = type(getattr(default, name))
        if wanted is float and type(value) is int:
            values[name] = float(value)
        elif wanted is tuple and isinstance(value, list) and all(isinstance(v, str) for v in value):
            values[name] = tuple(value)
        elif type(value) is not wanted:
            raise SettingsWrong(f"station.toml 的 {name} 应当是 {wanted.__name__}，现在是 {value!r}")
    settings = Settings(**values)
    if settings.level not in set(Level):
        raise SettingsWrong(f"level 只能是 {'、'.join(Level)}，现在是 {settings.level}")
    if settings.profile not in PROFILES:
        raise SettingsWrong(f"profile 只能是 design_first 或 finished_video，现在是 {settings.profile}")
    if wrong := [row for row in settings.profiles if not _PROFILE_ROW.fullmatch(row)]:
        raise SettingsWrong(f"profiles 里的“{wrong[0]}”要写成 类别=办理方式 或 类别/学段=办理方式")
    for name, value in dataclasses.asdict(settings).items():
        if isinstance(value, int | float) and not 0 <= value < (_PORTS if name.endswith("port") else _MOST):
            raise SettingsWrong(f"station.toml 的 {name} 超出了范围，现在是 {value}")
    if not _CODE.fullmatch(settings.code):
        raise SettingsWrong(f"code 只能用字母和数字，不超过 20 位，现在是 {settings.code!r}")
    return settings


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
    station.quarantine().prepare()
    _first_catalog(station)
    station.catalog().close()
    return station


def write_settings(home: Path, values: Mapping[str, Any]) -> None:
    """The whole file anew. Raises `SettingsWrong`, and then nothing is written."""
    lines = [f"{key} = {_toml(value)}" for key, value in values.items()]
    text = "# 站点设置。改后重启盒子；可用的键见 docs/技术手册.md\n" + "\n".join(lines) + "\n"
    read_settings(text.encode())
    with replacing(home / "station.toml") as out:
        out.write(text.encode())


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


def _toml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return _quoted(value) if isinstance(value, str) else f"{value}"


def _quoted(text: str) -> str:
    """A JSON string is a TOML string, but for the one control character that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
