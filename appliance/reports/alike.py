"""How much of two materials is alike, in words for the office."""

from __future__ import annotations

from appliance.model import Alike
from appliance.rules.looking import length, number

KINDS = {"file": "文件", "text": "文字", "sound": "声音"}


def said(row: Alike) -> str:
    if row.kind == "sound":
        times = f"从 {length(row.start)}到 {length(row.end)}"
        return f"声音 {percent(row.score)} 相同，共 {length(row.amount)}，{times}"
    if row.kind == "text":
        where = f"在全文的 {percent(row.start)} 到 {percent(row.end)}"
        return f"文字 {percent(row.score)} 相同，约 {number(row.amount, 0)} 字，{where}"
    return "文件完全相同"


def percent(share: float) -> str:
    """0.824 → 82%"""
    return f"{number(share * 100, 0)}%"
