"""The box's address in the office's network, as a file for systemd-networkd. Made anew at each start from the settings,
below /run, because the system itself is read-only; the image's own file asks by DHCP."""

from __future__ import annotations

from pathlib import Path

from appliance.settings import Settings
from appliance.store.files import replacing

FOLDER = Path("/run/systemd/network")
NAME = "10-lessonbox.network"


def lay(settings: Settings, folder: Path = FOLDER) -> bool:
    """Whether there is a fixed address. networkd takes the first file that fits a card, so ours comes before DHCP."""
    path = folder / NAME
    if not settings.address or not folder.is_dir():
        path.unlink(missing_ok=True)
        return False
    with replacing(path, 0o644) as out:
        out.write(text(settings).encode())
    return True


def text(settings: Settings) -> str:
    lines = ["[Match]", "Type=ether", "", "[Network]", f"Address={settings.address}"]
    lines += [f"Gateway={settings.gateway}"] if settings.gateway else []
    lines += [f"DNS={one}" for one in settings.dns]
    return "\n".join([*lines, "MulticastDNS=yes", "LLMNR=no"]) + "\n"
