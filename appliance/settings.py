"""What a technician sets: one TOML in the home, `station.toml`. Unknown keys, wrong sorts and ranges are errors."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.errors import SettingsWrong
from appliance.model import Identity, Level
from appliance.store.files import replacing

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
    https_port: int = 0  # web over TLS too, once `lessonbox https make` was called; 0: no
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
    backup_places: tuple[str, ...] = ("/run/lessonbox/backup",)  # marked disks here or mounted below are backup disks
    usb_mounts: tuple[str, ...] = ("/run/lessonbox/usb", "/media")  # file systems mounted below are sticks

    @property
    def unnamed(self) -> bool:
        """Nobody set this box up: a receipt of it would carry a code that every other such box has too."""
        return self.code == Settings.code

    def profile_of(self, identity: Identity) -> str:
        """By category and stage; the first row of `profiles` that fits, else `profile`."""
        for row in self.profiles:
            where, _, profile = row.partition("=")
            category, _, stage = where.partition("/")
            if category in ("*", identity.category) and stage in ("", identity.stage):
                return profile
        return self.profile


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


def write_settings(home: Path, values: Mapping[str, Any]) -> None:
    """The whole file anew. Raises `SettingsWrong`, and then nothing is written."""
    lines = [f"{key} = {_toml(value)}" for key, value in values.items()]
    text = "# 站点设置。改后重启盒子；可用的键见 docs/技术手册.md\n" + "\n".join(lines) + "\n"
    read_settings(text.encode())
    with replacing(home / "station.toml") as out:
        out.write(text.encode())


def _toml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return _quoted(value) if isinstance(value, str) else f"{value}"


def _quoted(text: str) -> str:
    """A JSON string is a TOML string, but for the one control character that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
