"""By which page of the box and by which command a person meets a clause of the county's own work (P2 … O2).

Names are those of the tables PAGES and COMMANDS; a test holds them to these.
"""

from __future__ import annotations

from appliance.cli import COMMANDS
from web.pages import BY_NAME

# {clause: (pages by name, commands)}
USED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "P2": (("evidence", "lesson", "scans", "missing"), ("tick", "record")),
    "P3a": (("screening", "reading", "lesson"), ("screening", "decide")),
    "P3b": (("trials", "trial", "lots", "judge", "progress", "papers", "results", "board"),
            ("session", "draw", "score", "rank", "board")),
    "P3c": (("production", "screen", "missing", "answers", "upstream"), ("filming", "report", "decide", "bundle", "sync")),
    "P5b": (("board",), ("quota", "board")),
    "P5c": (("board",), ("quota",)),
    "W2": (("results", "lots", "publicity", "journal"), ("rank", "publicity", "journal")),
    "W4": (("certificates", "verify"), ("certificate",)),
    "R1": (("judge", "papers", "results"), ("score", "rank")),
    "R2": (("judge", "papers", "results"), ("score", "rank")),
    "R3": (("judge", "papers", "results"), ("score", "rank")),
    "O1": (("going_up", "season"), ("report",)),
    "O2": (("going_up", "season"), ("report",)),
}  # fmt: skip


def told(clause: str) -> str:
    """ "" for a clause that is not listed. Raises `KeyError` for a page that is not there."""
    pages, commands = USED.get(clause, ((), ()))
    known = {command.name for command in COMMANDS}
    missing = [name for name in commands if name not in known]
    if missing:
        raise KeyError(missing)
    words = ["页面 " + "、".join(BY_NAME[name].title for name in pages)] if pages else []
    return "；".join([*words, *(["命令 " + "、".join(f"lessonbox {name}" for name in commands)] if commands else [])])
