"""How the box's own screen is turned, as a small file that its browser's starter reads: it may not read the settings."""

from __future__ import annotations

from pathlib import Path

from appliance.station import Settings
from appliance.store.files import replacing

FOLDER = Path("/run/lessonbox/screen")


def lay(settings: Settings, folder: Path = FOLDER) -> None:
    if folder.is_dir():
        with replacing(folder / "rotation", 0o644) as out:
            out.write(b"%d\n" % settings.rotation)
