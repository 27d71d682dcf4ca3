"""smbd in the foreground, with folders and a configuration written now."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
from pathlib import Path

from sqlite_utils import Database

from appliance.catalog import school_codes
from appliance.errors import SettingsWrong
from appliance.share import accounts, config
from appliance.station import Station
from appliance.store.files import replacing

_WRAPPER = "/usr/lib/*/libnss_wrapper.so"


def settle(station: Station, db: Database) -> Path:
    """The folder of each school that has an account, and smb.conf; its path. A new school is served from the next
    connection on, since each reads the file anew."""
    known = accounts.known(station)
    rows = [row for row in school_codes.everyone(db) if row["id"] in known and not row["revoked"]]
    schools = {row["id"]: (row["school"], station.folder("drops/lan") / row["school"]) for row in rows}
    for _, folder in schools.values():
        folder.mkdir(0o770, exist_ok=True)
    accounts.folder(station).mkdir(0o700, exist_ok=True)
    path = accounts.folder(station) / "smb.conf"
    settings = station.settings
    lines = config.text(
        settings.share_port, settings.lan_address, accounts.folder(station), state(station), schools,
        settings.school_bytes,
    )  # fmt: skip
    with replacing(path, 0o600) as out:
        out.write(lines.encode())
    return path


def state(station: Station) -> Path:
    return station.folder("run") / "share"


def command(station: Station) -> tuple[list[str], dict[str, str]]:
    """(words, environment) of smbd. Raises `SettingsWrong` when a program is not installed or the share is off."""
    smbd = shutil.which("smbd", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
    wrapper = next(iter(glob.glob(_WRAPPER)), "")
    if not smbd or not wrapper:
        raise SettingsWrong("没有安装 samba 和 libnss-wrapper", remedy="请安装这两个软件包")
    if not station.settings.share_port:
        raise SettingsWrong("station.toml 的 share_port 是 0，没有开共享文件夹", remedy="请把它设为 445")
    place = accounts.folder(station)
    (state(station) / "ncalrpc").mkdir(parents=True, exist_ok=True)
    environment = {
        "LD_PRELOAD": wrapper, "NSS_WRAPPER_PASSWD": str(place / "passwd"), "NSS_WRAPPER_GROUP": str(place / "group"),
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8",
    }  # fmt: skip
    words = [smbd, "--foreground", "--no-process-group", "--debug-stdout", "--configfile", str(place / "smb.conf")]
    return words, environment


def serve(station: Station, db: Database) -> None:
    """Does not return: this process becomes smbd."""
    settle(station, db)
    words, environment = command(station)
    if not (accounts.folder(station) / "passwd").exists():
        accounts.give_nobody(station)
    with contextlib.suppress(PermissionError):  # refused to one who leads a session, and so has a group already
        os.setpgid(0, 0)  # smbd ends by killing its process group; it must not be its starter's
    os.execve(words[0], words, environment)
