"""体检: one row a question, each answered with what is so and how to mend it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from appliance import clock, heartbeat, journal
from appliance.backup import reminder, state
from appliance.box import body
from appliance.box.check import Check
from appliance.catalog import Catalog, blobs, events, print_jobs
from appliance.model import PrintState
from appliance.station import Station

BACKUP_DAYS = 2


def checks(station: Station, catalog: Catalog) -> list[Check]:
    return [*(question(station, catalog) for question in QUESTIONS), *body.checks(station.home)]


def _storage(station: Station, catalog: Catalog) -> Check:
    room = station.store().room()
    return Check("存储空间", room > 0, f"还能收 {max(room, 0) / 1e9:.1f} GB", "请先完成上报，或换更大的硬盘")


def _catalog(station: Station, catalog: Catalog) -> Check:
    return Check("目录库", catalog.whole(), f"SQLite {sqlite3.sqlite_version}", "请用最近的备份恢复")


def _journal(station: Station, catalog: Catalog) -> Check:
    count, bad = journal.verify(catalog.db)
    says = f"链完整，共 {count} 条" if bad is None else f"从第 {bad} 条起对不上"
    return Check("日志", bad is None, says, "请保留现场并联系上级")


def _clock(station: Station, catalog: Catalog) -> Check:
    now = clock.now()
    ok = {"ntp": True, "rtc": None, "unknown": False}.get(now.quality)
    source = {"ntp": "已校时", "rtc": "未联网校时"}.get(now.quality, "时间不可信")
    return Check("时钟", ok, f"{now.wall[:16].replace('T', ' ')}（{source}）", "请核对时间")


def _parts(station: Station, catalog: Catalog) -> Check:
    idle = [heartbeat.PARTS[n] for n, p in heartbeat.read(station.folder("run")).items() if not p["alive"]]
    return Check("各部分", not idle, "都在工作" if not idle else f"没有在工作：{'、'.join(idle)}", "请重启盒子")


def _failures(station: Station, catalog: Catalog) -> Check:
    """systemd's `OnFailure` leaves a note for each part that it gave up on."""
    notes = failures(station)
    said = [f"{_unit(note.name)} 于 {note.read_text().strip()[:16].replace('T', ' ')}" for note in notes]
    return Check(
        "故障记录", not notes, f"停止过：{'、'.join(said)}" if said else "没有", "请看日志，处理后按“故障看过了”"
    )


def failures(station: Station) -> list[Path]:
    return sorted(station.folder("run").glob("failed-*"))


def _unit(note: str) -> str:
    """A unit in the words of the house: what it does, not what it is called."""
    name = note.removeprefix("failed-lessonbox-")
    thing, _, which = name.partition("@")
    return f"{UNITS[thing]}{f' {which}' if which else ''}" if thing in UNITS else note.removeprefix("failed-")


UNITS = heartbeat.PARTS | {
    "backup": "备份", "mark": "做备份盘", "restore": "从备份盘恢复", "sshd": "接收下级报送", "usb": "挂载 U 盘", "firstboot": "首次设置", "update": "更新",
    "health": "开机检查", "keep": "留用新的一版", "printer": "小票打印", "disks": "查看硬盘", "kiosk": "盒子自己的屏幕", "share": "共享文件夹", "trial-over": "退回旧的一版",
}  # fmt: skip


def _backup(station: Station, catalog: Catalog) -> Check:
    copies = sorted(station.folder("backup").glob("catalog-*.db"))
    if not copies:
        return Check("备份", None, "还没有备份", "请做一次备份")
    at = dt.datetime.fromtimestamp(copies[-1].stat().st_mtime)
    fresh = dt.datetime.now() - at < dt.timedelta(days=BACKUP_DAYS)
    return Check("备份", fresh, f"最近一次 {at:%m月%d日 %H:%M}", "请做一次备份")


def _disk(station: Station, catalog: Catalog) -> Check:
    told = reminder.standing([*state.known(station.home).values()], dt.datetime.now().astimezone())
    return Check("备份盘", told.ok, told.says, told.fix)


def _drill(station: Station, catalog: Catalog) -> Check:
    last = events.newest_of(catalog.db, "restore.drill")
    if last is None:
        return Check("恢复演练", None, "还没有演练过", "请按“演练一次恢复”")
    told = json.loads(last["data"])
    says = f"{last['at'][:16].replace('T', ' ')}，用 {told['backup']} 恢复出 {told['deliveries']} 次投递"
    lost = len(told["unreadable"]) + told["gone"] + told["missing"]
    return Check("恢复演练", told["ok"], says + (f"，有 {lost} 处补不回" if lost else "，一份不少"), "请联系技术员")


def _fixity(station: Station, catalog: Catalog) -> Check:
    damaged = blobs.damaged(catalog.db)
    return Check("存储核对", not damaged, f"损坏 {len(damaged)} 份" if damaged else "没有发现损坏", "请联系技术员")


def _tools(station: Station, catalog: Catalog) -> Check:
    missing = [tool for tool in ("rsync", "ssh", "ssh-keygen", "ffmpeg") if not shutil.which(tool)]
    return Check("外部程序", not missing, f"缺少 {'、'.join(missing)}" if missing else "齐全", "请安装缺少的程序")


def _bbr(station: Station, catalog: Catalog) -> Check:
    try:
        kind = Path("/proc/sys/net/ipv4/tcp_congestion_control").read_text().strip()
    except OSError:
        return Check("线路算法", None, "看不到")
    says = "BBR" if kind == "bbr" else f"现在是 {kind}，丢包时会慢很多"
    return Check("线路算法", True if kind == "bbr" else None, says, "请启用 BBR")


def _printer(station: Station, catalog: Catalog) -> Check:
    """By what became of the last slip: whoever looks here may be walled off from the printer itself."""
    if not station.settings.printer:
        return Check("小票打印机", True, "没有接，通知单用浏览器打印")
    if not heartbeat.alive(station.folder("run"), "printer"):
        return Check("小票打印机", False, "打印没有在工作", "请重启盒子")
    last = next(iter(print_jobs.newest(catalog.db, 1)), None)
    if last is None:
        return Check("小票打印机", None, "还没有打印过", "请在“打印”页打一张测试")
    failed = last["state"] == PrintState.FAILED
    says = f"上一张没有打成：{last['reason']}" if failed else "上一张已打或正在打"
    return Check("小票打印机", not failed, says, "请看打印机，再到“打印”页按“再打”")


QUESTIONS: tuple[Callable[[Station, Catalog], Check], ...] = (
    _storage, _catalog, _journal, _clock, _parts, _failures, _backup, _disk, _drill, _fixity, _tools, _bbr, _printer,
)  # fmt: skip
