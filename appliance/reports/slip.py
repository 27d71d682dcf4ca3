"""检查通知单: what a school takes home after a delivery. One page of HTML that prints, with all style inside.

The input is a plain dict, as `appliance.reports.delivery.delivery_view` makes it:

    {"no": 12, "receipt": "110101-00012", "school": "示例小学", "received_at": ISO 8601, "clock": "ntp" | …,
     "duplicate_of": None | number, "lessons": [lesson_json …], "entries": [{"name", "fate", "reason", …} …]}

Optional: "station" (name of the box's station), "edition" (title of the year's rules), "printed" (which print of this
slip it is, from 1), in a lesson "turn" ("first": films are still being looked at), in a finding "how" (see
`remedies`). Findings keep the order in which they are given: it is the order in which to mend them. Everything a
stranger wrote is escaped and isolated.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from appliance.model import Turn
from appliance.reports.shown import shown
from appliance.reports.slip_marks import check_code, qr
from appliance.reports.slip_style import style

_VERDICTS = {"pass": "合格", "return": "退回补正", "person": "待人工", None: "还没有检查"}
_HEADINGS = (
    ("error", "fail", "请先改这些，改好后再交"),
    ("error", "other", "要请人看一下"),
    ("warning", "any", "提醒"),
    ("info", "any", "供参考"),
)
_FIRST = (
    "<p>这是初步检查：文件齐不齐、能不能打开、格式、时长、文档已经查过；画面和声音还在检查。"
    "上面写着要改的，可以先改；都查完以后，以再印的通知单为准。</p>"
)
_TAKEN = ("stored", "duplicate")
_FATES = {"quarantined": "没有收，已隔离", "ignored": "没有收"}
_MOST_NOT_TAKEN = 200  # lines; a stick with a worm holds thousands, and a slip is paper


def slip(delivery: Mapping[str, Any], paper: str = "a4") -> str:
    """`paper`: a4 or 80 (millimetres)."""
    receipt = html.escape(shown(str(delivery["receipt"])))
    parts = [
        "<!doctype html>",
        f'<html lang="zh-CN"><head><meta charset="utf-8"><title>检查通知单 {receipt}</title>',
        f"<style>{style(paper)}</style></head><body>",
        "<h1>课例检查通知单</h1>",
        _again(delivery),
        f'<div class="top">{_head(delivery)}{_mark(delivery)}</div>',
        *(_lesson(lesson) for lesson in delivery["lessons"]),
        "" if delivery["lessons"] else "<p>这次投递里没有认出课例。</p>",
        _not_taken(delivery["entries"]),
        _foot(delivery),
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _head(delivery: Mapping[str, Any]) -> str:
    taken = sum(entry["fate"] in _TAKEN for entry in delivery["entries"])
    rows = [
        ("回执号", _text(delivery["receipt"])),
        ("学校", _text(delivery["school"] or "没有写明")),
        ("收件时间", _time(delivery)),
        ("收到", f"{taken} 个文件，{len(delivery['lessons'])} 节课例"),
    ]
    if delivery.get("duplicate_of"):
        rows.append(("说明", f"这份资料已收过，见第 {int(delivery['duplicate_of'])} 号投递"))
    cells = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    return f"<table>{cells}</table>"


def _mark(delivery: Mapping[str, Any]) -> str:
    code = check_code(delivery)
    return f'<div class="mark">{qr(shown(str(delivery["receipt"])))}核对码<br>{code}</div>'


def _again(delivery: Mapping[str, Any]) -> str:
    printed = int(delivery.get("printed") or 1)
    return f'<p class="again">补打，第 {printed} 次打印</p>' if printed > 1 else ""


def _time(delivery: Mapping[str, Any]) -> str:
    """`2024-09-01 08:30:00`; a clock that nobody checked is said so, for deadlines hang on it."""
    wall = str(delivery["received_at"])[:19].replace("T", " ")
    return _text(wall) + ("" if delivery["clock"] == "ntp" else "（时间未核对）")


def _lesson(lesson: Mapping[str, Any]) -> str:
    title = f"《{_text(lesson['title'] or '课名未知')}》{_text(lesson['teacher'])}"
    first = lesson.get("turn") == Turn.FIRST
    verdict = _first_verdict(lesson["findings"]) if first else _VERDICTS.get(lesson["verdict"], _VERDICTS[None])
    head = f'<h2><span>{title}</span><span class="verdict">{verdict}</span></h2>'
    groups = [_group(heading, _of(lesson["findings"], severity, which)) for severity, which, heading in _HEADINGS]
    if first:
        groups.append(_FIRST)
    body = "".join(groups) or ("" if lesson["verdict"] is None else "<p>没有发现问题。</p>")
    return f"<section>{head}{body}</section>"


def _first_verdict(findings: Sequence[Mapping[str, str]]) -> str:
    """What is wrong for certain stays so; that nothing is, only the full check can say."""
    return "退回补正（初步检查）" if _of(findings, "error", "fail") else "初步检查"


def _of(findings: Sequence[Mapping[str, str]], severity: str, which: str) -> list[Mapping[str, str]]:
    chosen = [one for one in findings if one["severity"] == severity]
    if which == "any":
        return chosen
    return [one for one in chosen if (one["outcome"] == "fail") == (which == "fail")]


def _group(heading: str, findings: Sequence[Mapping[str, str]]) -> str:
    if not findings:
        return ""
    items = "".join(_finding(finding) for finding in findings)
    return f"<h3>{heading}</h3><ol>{items}</ol>"


def _finding(finding: Mapping[str, Any]) -> str:
    name = str(finding.get("material", "")).rpartition("/")[2]
    where = "" if not name or name in finding["says"] else f"{_text(name)}："
    waived = f"（已放行，{_text(finding['waived'])}）" if finding.get("waived") else ""
    return (
        f'<li><span class="clause">{_text(finding["clause"])}</span>{where}{_text(finding["says"])}。{waived}'
        f'<span class="fix">{_text(finding["fix"])}。</span>{_how(finding)}</li>'
    )


def _how(finding: Mapping[str, Any]) -> str:
    how = finding.get("how")
    if not how:
        return ""
    steps = "".join(f"<li>{_text(step)}</li>" for step in how["steps"])
    return f'<div class="how">用{_text(how["program"])}：<ol>{steps}</ol></div>'


def _not_taken(entries: Sequence[Mapping[str, Any]]) -> str:
    """What was on the stick and is not in the store, each with its reason."""
    left = [entry for entry in entries if entry["fate"] in _FATES]
    if not left:
        return ""
    rows = "".join(
        f"<tr><td>{_text(entry['name'])}</td><td>{_FATES[entry['fate']]}：{_text(entry['reason'])}</td></tr>"
        for entry in left[:_MOST_NOT_TAKEN]
    )
    more = len(left) - _MOST_NOT_TAKEN
    rest = f"<p>还有 {more} 个没有收的文件，可在盒子的投递详情里看。</p>" if more > 0 else ""
    return f"<h2><span>没有收的文件</span></h2><table>{rows}</table>{rest}"


def _foot(delivery: Mapping[str, Any]) -> str:
    by = "　".join(_text(delivery[name]) for name in ("station", "edition") if delivery.get(name))
    return f"<footer>每行右边的代号是通知里的条款。改好后，把整个文件夹再交一次。核对码相同的两张单子内容相同。{'　' + by if by else ''}</footer>"


def _text(value: object) -> str:
    """Escaped; unseen characters written out; in an isolate of its own, so that no name can turn a line around."""
    return f"<bdi>{html.escape(shown(str(value)))}</bdi>"
