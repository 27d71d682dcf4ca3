"""How old the newest backup on a disk is, and whether somebody should be reminded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from appliance.backup.policy import policy
from appliance.backup.state import Known


@dataclass(frozen=True)
class Standing:
    """`ok` None: nothing to compare with yet. `days` since the newest good one, by the box's clock; None when none."""

    ok: bool | None
    says: str
    fix: str
    days: int | None = None
    newest: Known | None = None

    @property
    def overdue(self) -> bool:
        return self.ok is False


def standing(known: list[Known], now: dt.datetime) -> Standing:
    """`now` with its zone."""
    if not known:
        return Standing(None, "没有备份盘，盒子的盘坏了，收下的就没有了", "请在 备份 页做一块备份盘")
    good = [one for one in known if one.good_at]
    if not good:
        trouble = next((one.trouble for one in known if one.trouble), "")
        says = f"还没有备份成：{trouble}" if trouble else "备份盘做好了，还没有备份过"
        return Standing(False if trouble else None, says, "请插好备份盘，在 备份 页按“现在备份”")
    newest = max(good, key=lambda one: dt.datetime.fromisoformat(one.good_at))
    at = dt.datetime.fromisoformat(newest.good_at)
    days = max(0, (now - at).days)
    says = f"{at:%m月%d日 %H:%M} 备份到 {newest.id}"
    says += f"，那以后没有做成：{newest.trouble}" if newest.trouble else ""
    says += f"，有 {newest.damaged} 个文件盒子自己读不出，没有备份" if newest.damaged else ""
    fresh = days < policy().remind_days and not newest.trouble and not newest.damaged
    fix = "请插上备份盘，在 备份 页按“现在备份”" if not newest.damaged else "请看 体检 页的“存储核对”，请学校再交一次"
    return Standing(fresh, says + (f"，已经 {days} 天" if days else ""), fix, days, newest)
