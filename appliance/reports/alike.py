"""How much of two materials is alike, in words for the office."""

from __future__ import annotations

from appliance.model import Alike
from appliance.rules.looking import clock, length, number

KINDS = {"file": "文件", "text": "文字", "sound": "声音", "picture": "画面"}

_SPANS = 4  # stretches that are named


def said(row: Alike) -> str:
    if row.kind in ("sound", "picture"):
        times = "；".join(_span(*span) for span in row.spans[:_SPANS])
        more = f"；等 {len(row.spans)} 段" if len(row.spans) > _SPANS else ""
        return f"{KINDS[row.kind]} {percent(row.score)} 相同，共 {length(row.amount)}：{times}{more}"
    if row.kind == "text":
        where = f"在全文的 {percent(row.start)} 到 {percent(row.end)}"
        return f"文字 {percent(row.score)} 相同，约 {number(row.amount, 0)} 字，{where}"
    return "文件完全相同"


def _span(start: float, end: float, other_start: float, other_end: float) -> str:
    return f"这边 {clock(start)}–{clock(end)}，那边 {clock(other_start)}–{clock(other_end)}"


def percent(share: float) -> str:
    """0.824 → 82%"""
    return f"{number(share * 100, 0)}%"
