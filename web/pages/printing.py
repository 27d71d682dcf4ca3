"""打印: what the receipt printer was asked for, what became of it and why; a test page; a paper once more."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from appliance import heartbeat
from appliance.catalog import print_jobs
from appliance.model import PrintState
from appliance.printing import asking
from appliance.printing.papers import PAPERS
from appliance.printing.words import STATES
from web import auth, box
from web.pages import BY_NAME
from web.words import Word

MOST = 50
_LOOKS = {
    PrintState.QUEUED: ("calm", "clock"), PrintState.PRINTING: ("busy", "print"),
    PrintState.DONE: ("good", "check"), PrintState.FAILED: ("bad", "warn"),
}  # fmt: skip
WORDS = {state: Word(text, *_LOOKS[state]) for state, text in STATES.items()}

page = Blueprint("printing", __name__)


@page.get("/printing")
def show() -> str:
    jobs = print_jobs.newest(box.db(), MOST)
    moving = any(job["state"] in (PrintState.QUEUED, PrintState.PRINTING) for job in jobs)
    return render_template(
        BY_NAME["printing"].template, jobs=jobs, papers=PAPERS, states=WORDS, moving=moving,
        works=heartbeat.alive(box.station().folder("run"), "printer"),
    )  # fmt: skip


@page.post("/printing/test")
def test() -> Response:
    return _asked("test", 0)


@page.post("/printing/<int:job>/again")
def again(job: int) -> Response:
    """The paper as it is now: after a new check it says what is so today, and is marked 补打."""
    row = print_jobs.by_id(box.db(), job)
    if row is None:
        abort(404)
    return _asked(row["paper"], row["about"])


def _asked(paper: str, about: int) -> Response:
    asking.ask(box.station(), box.catalog(), paper, about, auth.user().name)
    return make_response(redirect(url_for("printing.show"), 303))
