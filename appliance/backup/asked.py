"""What somebody asked for on the page, carried out by the part that may write to backup disks; how it went is told there."""

from __future__ import annotations

from dataclasses import replace

from appliance.backup import disks, drill, recovery, state
from appliance.backup.bring_back import bring_back
from appliance.backup.run import back_up
from appliance.backup.state import Asked, Now, Progress
from appliance.errors import BoxError, NotFound
from appliance.station import Station


def carry_out(station: Station, act: str) -> tuple[Asked, str] | None:
    """What was asked of the unit that does `act`, and how it went; None when nothing was. Raises what the act raises,
    after it was noted."""
    asked = state.take(station.home, act)
    if asked is None or asked.act not in ACTS:
        return None
    now = Now("running", asked.act, asked.disk)
    state.put(station.home, now)
    try:
        says = ACTS[asked.act](station, asked, state.progress(station.home, now))
    except (BoxError, OSError) as error:
        told = str(error) if isinstance(error, BoxError) else f"读写不了：{error.strerror}。没有做完。请看看备份盘。"
        state.put(station.home, replace(now, step="failed", says=told))
        raise
    state.put(station.home, replace(now, step="done", says=says))
    return asked, says


def _backup(station: Station, asked: Asked, progress: Progress) -> str:
    done = back_up(station, disks.one(station, asked.disk), recovery.needed(station.home), progress, asked.by)
    lost = f"；有 {done.damaged} 个文件盒子自己读不出，没有备份" if done.damaged else ""
    return f"已备份到备份盘 {done.id}，第 {done.snapshot} 份，{done.files} 个文件，写完都读回核对过{lost}"


def _drill(station: Station, asked: Asked, progress: Progress) -> str:
    disk = disks.one(station, asked.disk)
    result = drill.drill(station, disk, recovery.needed(station.home), progress, asked.by)
    return (
        "全部恢复得出来，一份不少" if result.ok else f"有 {result.gone + result.missing} 份恢复不出来，请马上再备份一次"
    )


def _restore(station: Station, asked: Asked, progress: Progress) -> str:
    keys = recovery.for_restoring(station.home)
    disk = next((one for one in disks.readable(station) if one.id == asked.disk), None)
    if disk is None:
        raise NotFound("这块备份盘现在没有插着", effect="什么也没有恢复", remedy="请插好再按一次")
    result = bring_back(station, disk, keys, asked.snapshot, progress, actor=asked.by)
    recovery.forget_for_restoring(station.home)
    lost = len(result.unreadable) + result.gone + result.missing
    return f"恢复了 {result.deliveries} 次投递" + (f"，有 {lost} 处补不回" if lost else "，一份不少")


ACTS = {"backup": _backup, "drill": _drill, "restore": _restore}
