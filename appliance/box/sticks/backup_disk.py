"""A stick that is a backup disk of this box: mounted in a place of its own, where the nightly run may write to it.

Only one that this box has marked, told by the mark on it and by the box's own list. `mark` makes one, when a technician
has asked for it on the page; the stick must be one that the mounter knows.
"""

from __future__ import annotations

import os
from pathlib import Path

from appliance.backup import disks, state
from appliance.backup.state import Known
from appliance.box.sticks import kinds, note
from appliance.box.sticks.doing import refuse_writes, run
from appliance.errors import BackupDisk, BoxError, NotFound

PLACE = Path("/run/lessonbox/backup")
_EVERYBODY = 0o777  # ext4 keeps owners; the nightly run is an ordinary user


def is_ours(place: Path, home: Path) -> bool:
    return disks.read_mark(place) in state.known(home)


def move(device: Path, kind: str, place: Path, backups: Path) -> bool:
    """From the place of the sticks, read-only, to that of the backup disks. False when it cannot be written to; it then
    stays where it was."""
    target = backups / device.name
    if kind not in kinds.WRITABLE:
        return False
    run("umount", str(place))
    refuse_writes(device, False)
    target.mkdir(0o755, parents=True, exist_ok=True)
    for way in kinds.WRITABLE[kind]:
        options = ",".join(("rw", *kinds.FLAGS[1:], *way.options))
        if run("mount", "--types", way.type, "--options", options, str(device), str(target)):
            place.rmdir()
            return True
    target.rmdir()
    return False


def mark(home: Path, sticks: Path, backups: Path = PLACE) -> disks.Disk:
    """What was asked for on the page; how it went is told there. Raises `BoxError`."""
    asked = state.take(home, "mark")
    if asked is None:
        raise NotFound("没有人在网页上要求过", remedy="请在 备份 页按一次")
    now = state.Now("running", "mark", asked.disk)
    state.put(home, now)
    try:
        disk = _marked(home, asked.disk, sticks, backups)
    except BoxError as error:
        state.put(home, state.Now("failed", "mark", asked.disk, says=str(error)))
        raise
    state.put(home, state.Now("done", "mark", disk.id, says=f"做成了备份盘 {disk.id}，请在盘上贴这个号"))
    return disk


def _marked(home: Path, name: str, sticks: Path, backups: Path) -> disks.Disk:
    told = note.read(sticks).get(name)
    if told is None or told.problem:
        raise NotFound("这块盘现在没有插着", effect="没有做成备份盘", remedy="请插好再按一次")
    device, place = Path("/dev") / told.device, sticks / told.device
    if not os.path.ismount(place) or not move(device, told.kind, place, backups):
        raise BackupDisk(
            "这块盘的格式不能写",
            effect="没有做成备份盘",
            remedy="请在电脑上格式化成 exFAT 再试（会清掉盘上原来的东西）",
        )
    disk = disks.prepare(backups / told.device, told.name)
    if told.kind.startswith("ext"):
        disk.root.chmod(_EVERYBODY)
    state.note(home, Known(disk.id, told.name))
    return disk
