"""The words and marks of states on every page. A state is never told by colour alone: mark, icon and word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from appliance.catalog.users import ROLES
from appliance.model import DeliveryState, Fate, LessonState, Outcome, Severity, Verdict
from appliance.rules.card_fields import State
from appliance.selection import missing
from appliance.selection.decide import STATE_NAMES


@dataclass(frozen=True)
class Word:
    """`tone` picks the colour (good, bad, ask, busy, calm), `icon` the sign in `static/icons.svg`."""

    text: str
    tone: str
    icon: str


VERDICTS = {
    Verdict.PASS: Word("合格", "good", "check"),
    Verdict.RETURN: Word("退回补正", "bad", "back"),
    Verdict.PERSON: Word("待人工", "ask", "person"),
    None: Word("待检查", "calm", "clock"),
}
FATES = {
    Fate.STORED: Word("已收", "good", "check"),
    Fate.DUPLICATE: Word("已收过", "calm", "same"),
    Fate.QUARANTINED: Word("已隔离", "bad", "stop"),
    Fate.IGNORED: Word("未收", "calm", "minus"),
}
DELIVERIES = {
    DeliveryState.RECEIVED: Word("正在整理", "busy", "clock"),
    DeliveryState.IDENTIFIED: Word("正在检查", "busy", "clock"),
    DeliveryState.ANSWERED: Word("初步检查完", "busy", "clock"),
    DeliveryState.CHECKED: Word("检查完毕", "good", "check"),
    DeliveryState.PARKED: Word("需要技术员", "bad", "stop"),
}
_LESSON_LOOKS = {
    LessonState.RETURNED: ("bad", "back"), LessonState.REJECTED: ("calm", "minus"),
    LessonState.WITHDRAWN: ("calm", "minus"), LessonState.COMPLETE: ("ask", "person"),
    LessonState.SENT: ("busy", "up"), LessonState.BUNDLED: ("busy", "box"),
    LessonState.APPROVED: ("good", "check"), LessonState.ACCEPTED: ("good", "seal"),
}  # fmt: skip
LESSONS = {state: Word(name, *_LESSON_LOOKS.get(state, ("calm", "dot"))) for state, name in STATE_NAMES.items()}
BUNDLES = {
    "sealed": Word("已签名，等待送出", "calm", "box"),
    "sending": Word("正在送出", "busy", "up"),
    "sent": Word("已送出，等回执", "busy", "clock"),
    "received": Word("上级已收到，待核验", "busy", "clock"),
    "verified": Word("上级已核验", "good", "check"),
    "cataloged": Word("上级已收", "good", "seal"),
    "returned": Word("上级退回补正", "bad", "back"),
    "quarantined": Word("上级已隔离", "bad", "stop"),
    "fork": Word("序号冲突，待人工", "bad", "stop"),
}
SEVERITIES = {
    Severity.ERROR: Word("必须改", "bad", "stop"),
    Severity.WARNING: Word("建议改", "ask", "warn"),
    Severity.INFO: Word("提示", "calm", "info"),
}
OUTCOMES = {Outcome.FAIL: "", Outcome.UNDETERMINED: "没能判定", Outcome.PERSON: "请人看一看"}
CELLS = {
    missing.HERE: Word("齐", "good", "check"),
    missing.LACKS: Word("缺", "bad", "stop"),
    missing.HALF: Word("不完整", "bad", "warn"),
    missing.LATER: Word("以后补", "ask", "clock"),
    missing.FREE: Word("可不交", "calm", "dot"),
    missing.NOT_ASKED: Word("现在不用交", "calm", "minus"),
}
READS = {
    State.FOUND: Word("读到了", "good", "check"),
    State.OFFERED: Word("课例没有写", "ask", "person"),
    State.LIKE: Word("不一样，请看", "ask", "person"),
    State.UNREAD: Word("没有读到，请看", "ask", "person"),
    State.OTHER: Word("写的是别的", "bad", "stop"),
    None: Word("请看画面", "ask", "person"),
}
CLOCKS = {"ntp": "已校时", "rtc": "本机时钟", "manual": "人工设定", "unknown": "时间不可信"}
SOURCES = {"usb": "U 盘", "lan": "局域网", "courier": "携带硬盘", "browser": "浏览器", "station": "下级站点"}
_PLAIN = Word("", "calm", "dot")
TABLES: dict[str, dict[Any, Word]] = {
    "verdict": VERDICTS, "fate": FATES, "delivery": DELIVERIES, "lesson": LESSONS, "bundle": BUNDLES,
    "severity": SEVERITIES,
}  # fmt: skip


def word(table: str, value: str | None) -> Word:
    """The word for a value of a table; a value that nobody named is shown as it is, never hidden."""
    return TABLES[table].get(value or None) or Word(str(value), _PLAIN.tone, _PLAIN.icon)


def role(value: str) -> str:
    return ROLES.get(value, value)
