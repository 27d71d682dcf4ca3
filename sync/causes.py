"""Why a session ended: exit code and what was written to standard error, together. An exit code alone decides
nothing (one fault gave 10, 12, 20, 30 and 255); and even 0 is only a claim until our own verification.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """`person`: trying again will not help until somebody has done something."""

    name: str
    says: str
    pattern: str = ""
    codes: frozenset[int] = frozenset()
    person: bool = False


def _row(name: str, says: str, pattern: str = "", codes: tuple[int, ...] = (), person: bool = False) -> Cause:
    return Cause(name, says, pattern, frozenset(codes), person)


DONE = Cause("done", "")
ROUTE = Cause("route", "本机网络地址变了，马上重新连接")
STOPPED = Cause("stopped", "盒子正在停止，下次启动后继续")

# The first row that fits is the cause: from what names itself to what only a number hints at.
CAUSES = (
    _row("host-key", "对方不是登记过的上级站点，请核对线路和地址", r"host key verification failed", person=True),
    _row("refused-key", "上级站点不认本机的证书，请重新登记", r"permission denied \(publickey", person=True),
    _row("no-host", "找不到上级站点的地址", r"could not resolve hostname|name or service not known"),
    _row("not-listening", "上级站点没有开机，或没有启动接收", r"connection refused"),
    _row("no-route", "线路不通", r"no route to host|network is unreachable|network is down"),
    _row("silent", "线路不通，对方没有应答", r"timed out|not responding|timeout in data|timeout waiting"),
    _row("full-above", "上级站点存储空间不足", r"no space left on device.*|disk quota exceeded", person=True),
    _row("gate", "上级站点的接收程序不接受本机的请求，请联系技术员", r"rrsync error", person=True),
    _row("no-program", "没有安装 rsync 或 ssh", r"failed to exec|command not found|no such program", person=True),
    _row("cut", "传输中断，下次从断点继续", r"connection unexpectedly closed|broken pipe|connection reset|closed by"),
    _row("unread", "有文件读不出来", r"permission denied \(13\)|input/output error", person=True),
    _row("silent", "线路不通，对方没有应答", codes=(30, 35)),
    _row("window", "本次时间窗口已到，下次继续", codes=(25,)),
    _row("partial", "有文件没有传完，下次继续", codes=(23, 24)),
    _row("cut", "传输中断，下次从断点继续", codes=(10, 12, 19, 20, 255, -15, -9)),
    _row("misuse", "传输命令用法不对，请联系技术员", codes=(1, 2, 4), person=True),
)  # fmt: skip
UNKNOWN = Cause("unknown", "传输没有完成，下次继续")


def classify(code: int, stderr: str) -> Cause:
    """`code` as `subprocess` gives it: negative for a signal."""
    if code == 0:
        return DONE
    text = stderr.lower()
    for cause in CAUSES:
        if (cause.pattern and re.search(cause.pattern, text)) or code in cause.codes:
            return cause
    return UNKNOWN
