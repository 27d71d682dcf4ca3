"""What the office does for a session: makes it, draws it, enters the sheets of the judge on paper."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

from appliance.catalog import sessions
from appliance.selection import trial
from tests.e2e.season.county import County
from tests.e2e.season.rooms import MATHS, Room, points
from tests.web.pictures_of_paper import scan_of

SCRIPTS = Path(__file__).parents[3] / "docs"


def order(county: County, session: int) -> list[int]:
    return [row["no"] for row in sessions.lessons_of(county.catalog.db, session)]


def blocked(county: County, session: int, lesson: int) -> bool:
    rows = county.catalog.db.execute("select 1 from recusal where session = ? and lesson = ?", [session, lesson])
    return rows.fetchone() is not None


def make(county: County, session: int, room: Room) -> tuple[int, str]:
    """(how many lessons the page offered, all of which are taken; the page once its judges are there)."""
    county.post(
        "经办甲", "/sessions", name=room.name, category="subject", stage="primary", subject=room.subject,
        room=f"第 {session} 教室", head=room.head, left_out="subject/8",
    )  # fmt: skip
    offered = re.findall(r'name="lesson" value="(\d+)"', county.get("经办甲", f"/sessions/{session}"))
    county.post("经办甲", f"/sessions/{session}/lessons", lesson=offered)
    return len(offered), county.post("经办甲", f"/sessions/{session}/judges", judge=list(room.judges), kind="judge")


def drawn_again(county: County, session: int, seed: str) -> list[int]:
    """As a school does it: with the shell script of the manual."""
    numbers = [str(one) for one in sorted(order(county, session))]
    command = ["sh", SCRIPTS / "recompute_draw.sh", seed, *numbers]
    again = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in again.splitlines()]


def enter_papers(county: County, places: range) -> list[str]:
    """The fifth judge's sheets of the first session, each with its scan; the pages where another confirms them."""
    for place in places:
        lesson = order(county, 1)[place - 1]
        given = points(MATHS, place, 4)
        form = {f"item-{item}": value for item, value in given.items()}
        total = f"{sum(float(value) for value in given.values())}"
        scan = (io.BytesIO(scan_of(f"第 {lesson} 号", total)), "评分表.png")
        county.post("经办甲", f"/sessions/1/papers/{lesson}/5", **form, total=total, signed="yes", scan=scan)
    return re.findall(r'href="(/sessions/1/papers/check/\d+)"', county.get("审批甲", "/sessions/1/papers"))


def ranked_again(printed: Path) -> subprocess.CompletedProcess[str]:
    """With the independent script, which knows nothing of the box."""
    command = [sys.executable, "-I", SCRIPTS / "recompute_ranking.py", printed]
    return subprocess.run(command, capture_output=True, text=True)


def ranked(county: County, session: int) -> list[int]:
    return [row["no"] for row in trial.ranking(county.catalog, session)["result"]]


def equals(county: County, session: int) -> list[set[int]]:
    """The groups of lessons that only a vote can part."""
    found = trial.ranking(county.catalog, session)
    return trial.equals(found["result"], found["input"]["terms"])


def vote(county: County, tied: list[int], votes: dict[str, int]) -> str:
    """{judge: lesson}, of the second session; the page after it."""
    form = {f"vote-{judge}": lesson for judge, lesson in votes.items()}
    return county.post("经办甲", "/sessions/2/vote", among=[str(no) for no in tied], **form)
