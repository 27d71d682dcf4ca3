"""A trial session through the office's pages, step by step: what the tests of these pages share."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from appliance.catalog import Catalog, rosters
from tests.selection.sessions import JUDGES, lesson
from tests.web import office
from tests.web.conftest import Visitor

HEAD = "审批甲"
TEACHERS = ("教师甲", "教师乙", "教师丙")
POINTS = {"1": "8", "2": "8", "3": "12", "4": "12", "5": "12", "6": "12", "7": "8"}
SCAN = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def put_in_roster(catalog: Catalog) -> None:
    lines = [
        {"name": name, "school": "示例教研室", "subjects": ["数学"], "coached": [], "kin": []} for name in JUDGES[:4]
    ] + [{"name": JUDGES[4], "school": "示例第一小学", "subjects": ["数学"], "coached": [], "kin": []}]
    with catalog.writing() as db:
        no = rosters.add(db, "judges", "评委名册.xlsx", "0" * 64, lines, "经办甲")
        rosters.settle(db, no, rosters.IN_FORCE, "经办甲")


@dataclass
class Day:
    """`no`: the session; `lessons`: two of 示例第三小学, one of 示例第一小学, where the last judge is from."""

    clerk: Visitor
    catalog: Catalog
    no: int
    lessons: list[int]

    @property
    def path(self) -> str:
        return f"/sessions/{self.no}"

    def text(self, part: str = "", who: Visitor | None = None) -> str:
        return (who or self.clerk).get(f"{self.path}{part}").get_data(as_text=True)

    def post(self, part: str, who: Visitor | None = None, **form: object) -> str:
        """The text of the page that the form leads to, or of the refusal."""
        visitor = who or self.clerk
        token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/help").get_data(as_text=True))
        answer = visitor.client.post(
            f"{self.path}{part}", data=form | {"csrf_token": token[1]}, content_type="multipart/form-data",
            follow_redirects=True,
        )  # fmt: skip
        return answer.get_data(as_text=True)

    def paper(self, lesson: int, seat: int, total: str, who: Visitor | None = None, **more: str) -> str:
        form = {f"item-{name}": value for name, value in POINTS.items()}
        form |= {"total": total, "signed": "yes", "scan": (io.BytesIO(SCAN), "评分表.png"), **more}
        return self.post(f"/papers/{lesson}/{seat}", who, **form)


def begun(clerk: Visitor, catalog: Catalog, head: str = "") -> Day:
    """Made, with three lessons and the five judges of the roster; the eighth indicator is left out."""
    put_in_roster(catalog)
    lessons = [lesson(catalog, TEACHERS[0]), *(lesson(catalog, name, "示例第三小学") for name in TEACHERS[1:])]
    answer = clerk.post(
        "/sessions", "/sessions", name="小学数学第一场", category="subject", stage="primary", subject="数学",
        room="第一教室", left_out="subject/8", head=head,
    )  # fmt: skip
    day = Day(clerk, catalog, int(answer.location.rpartition("/")[2]), lessons)
    day.post("/lessons", lesson=[str(no) for no in lessons])
    day.post("/judges", judge=list(JUDGES), kind="judge")
    return day


def second(name: str, password: str = office.PASSWORD) -> dict[str, str]:
    return {"second": name, "second_password": password}
