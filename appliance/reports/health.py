"""体检报告: one text file for whoever helps from afar. Counts, versions, kinds of events and their times; no person,
school or lesson, no address, no key."""

from __future__ import annotations

import dataclasses
import platform
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from appliance import doctor, heartbeat
from appliance.box.body.slot import version_of
from appliance.catalog import Catalog
from appliance.station import Settings, Station

_MARKS = {True: "好    ", False: "要处理", None: "留意  "}
_SHOWN = frozenset(
    field.name for field in dataclasses.fields(Settings)
) - {"name", "address", "gateway", "dns", "lan_address"}  # fmt: skip
_EVENTS = 60
_COUNTED = ("delivery", "entry", "blob", "lesson", "check_run", "decision", "bundle", "event", "user")


def text(station: Station, catalog: Catalog) -> str:
    return "\n".join(_lines(station, catalog)) + "\n"


def _lines(station: Station, catalog: Catalog) -> Iterator[str]:
    checks = doctor.checks(station, catalog)
    yield f"课匣体检报告  站点代码 {station.settings.code}"
    yield f"系统 {version_of(Path('/')) or '自装'}  内核 {platform.release()}  {platform.machine()}"
    yield f"Python {platform.python_version()}  SQLite {sqlite3.sqlite_version}  目录库第 {catalog.steps()} 步"
    yield ""
    yield "一、各项"
    for check in checks:
        yield f"{_MARKS[check.ok]}  {check.name}：{check.says}"
    yield ""
    yield "二、各部分"
    for name, part in heartbeat.read(station.folder("run")).items():
        yield f"{heartbeat.PARTS[name]}：{'在工作' if part['alive'] else '没有在工作'}，上次 {part['seconds']} 秒前"
    yield ""
    yield "三、设置（不写名字和地址）"
    for name, value in sorted(dataclasses.asdict(station.settings).items()):
        if name in _SHOWN:
            yield f"{name} = {value}"
    yield ""
    yield "四、数目"
    for table in _COUNTED:
        yield f"{table} {catalog.db.execute(f'select count(*) from [{table}]').fetchone()[0]}"
    for row in catalog.db.query("select state, count(*) n from delivery group by state order by state"):
        yield f"投递 {row['state']} {row['n']}"
    yield ""
    yield f"五、最近 {_EVENTS} 件事（只有种类和时间）"
    rows = catalog.db.query("select seq, at, clock, kind from event order by seq desc limit ?", [_EVENTS])
    for row in rows:
        yield f"{row['seq']}  {row['at']}  {row['clock']}  {row['kind']}"
