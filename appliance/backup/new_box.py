"""Settings of the lost box on the new one: who the station is comes from the backup, where this machine stands stays."""

from __future__ import annotations

from dataclasses import asdict

from appliance.errors import SettingsWrong
from appliance.settings import Settings, read_settings, write_settings
from appliance.station import Station

OF_THE_MACHINE = (
    "port", "https_port", "lan_address", "share_port", "sshd_port", "address", "gateway", "dns", "rotation", "printer",
    "reserve_bytes", "backup_places", "usb_mounts",
)  # fmt: skip


def take_settings(station: Station, text: bytes) -> None:
    """Settings that this program cannot read are left as they are here, but for the name, which is in the catalog too."""
    try:
        theirs = asdict(read_settings(text))
    except SettingsWrong:
        return
    mine, plain = asdict(station.settings), asdict(Settings())
    merged = theirs | {name: mine[name] for name in OF_THE_MACHINE}
    always = {"level", "name", "code"}
    write_settings(
        station.home, {name: value for name, value in merged.items() if name in always or value != plain[name]}
    )
