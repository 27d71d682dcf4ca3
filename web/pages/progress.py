"""打分进度: who has handed in what, for the big screen of a session. No points stand here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from appliance.catalog import papers, sessions
from appliance.selection import calibration, progress
from web import box, presence, trial_steps
from web.pages import BY_NAME
from web.words import Word

page = Blueprint("progress", __name__)


@page.get("/sessions/<int:no>/progress")
def show(no: int) -> str:
    return render_template(BY_NAME["progress"].template, **_facts(no))


@page.get("/sessions/<int:no>/progress/live")
def live(no: int) -> str:
    return render_template("progress/live.html", **_facts(no))


def _facts(no: int) -> dict[str, Any]:
    db = box.db()
    row = sessions.by_id(db, no)
    seen = progress.of_session(db, no)
    people = [one for one in seen.people if not one["replaced_by"]]
    return {
        "session": row, "lock": sessions.locked(db, no), "seen": seen, "people": people, "looks": trial_steps.CELLS,
        "held": calibration.held(db, row), "lines": {one["name"]: _line(one["name"]) for one in people},
        "missing": {one["no"]: seen.waiting_for(one["no"]) for one in seen.lessons},
        "on_paper": len(papers.waiting(db, no)),
    }  # fmt: skip


def _line(judge: str) -> Word:
    seconds = presence.ago(judge)
    if seconds is None:
        return Word("没有连过", "calm", "minus")
    if seconds <= presence.FRESH_SECONDS:
        return Word("连着", "good", "check")
    return Word(f"断了 {max(1, round(seconds / 60))} 分钟", "bad", "warn")
