"""The office of the season: a box behind a real server, its people, its roster, 24 designs of three schools."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from appliance import journal
from appliance.catalog import Catalog, arrivals, checks, lessons, rosters
from appliance.model import Identity, LessonGuess, LessonState, Phase, Verdict
from appliance.selection.after_check import settle_state
from appliance.station import create
from tests.catalog.lesson_maker import material
from tests.web import office
from tests.web.boxes import Box
from tests.web.conftest import Visitor

PEOPLE = {"经办甲": "clerk", "组长甲": "approver", "组长乙": "approver", "审批甲": "approver", "审批乙": "approver"}
SCHOOLS = ("示例第一小学", "示例镇中心小学", "示例实验学校")
SUBJECTS = ("数学", "语文")
EACH = 4  # lessons of a school in a subject
NAMES = "颐䶮㛃𬱖𫖮甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申"


@dataclass
class County:
    box: Box
    catalog: Catalog
    people: dict[str, Visitor] = field(default_factory=dict)

    def who(self, name: str) -> Visitor:
        """Signed in once; a restart of the box does not sign anybody out."""
        if name not in self.people:
            visitor = Visitor(self.box.app.test_client())
            assert visitor.sign_in(name).status_code == 303
            self.people[name] = visitor
        return self.people[name]

    def post(self, who: str, path: str, /, **form: object) -> str:
        """What the person sees after the form."""
        visitor = self.who(who)
        token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/help").get_data(as_text=True))
        answer = visitor.client.post(
            path, data=form | {"csrf_token": token[1]}, content_type="multipart/form-data", follow_redirects=True
        )
        return answer.get_data(as_text=True)

    def get(self, who: str, path: str) -> str:
        return self.who(who).get(path).get_data(as_text=True)

    def states(self) -> dict[str, int]:
        rows = self.catalog.db.execute("select state, count(*) from lesson group by state")
        return dict(rows.fetchall())


def furnished(home: Path) -> County:
    settings = {"profile": "design_first", "quiet_seconds": 0.2, "reserve_bytes": 0}
    box = Box(create(home, "county", "示例县教育局", "360731", settings))
    county = County(box, box.station.catalog())
    with county.catalog.writing() as db:
        for name, role in PEOPLE.items():
            office.add_user(db, name, role)
    return county


def designs_come_in(county: County) -> list[int]:
    """One design a lesson, as intake leaves them: identified, checked, waiting for the county."""
    names, numbers = iter(NAMES), []
    for subject in SUBJECTS:
        for school in SCHOOLS:
            for n in range(EACH):
                teacher = f"教师{next(names)}"
                identity = Identity(
                    title=f"{subject}第{n + 1}课", category="subject", stage="primary", subject=subject, grade="三年级",
                    textbook="人教版", volume="上册", teacher=teacher, school=school,
                )  # fmt: skip
                with county.catalog.writing() as db:
                    plan = material(db, "plan", f"{subject}{school}{n}", "教学设计.docx")
                    no, _, _ = arrivals.save_guess(db, None, LessonGuess(identity, (plan,)), Phase.DESIGN)
                    journal.append(db, "identify", f"lesson/{no}", {"title": identity.title})
                numbers.append(no)
    return numbers


def judges_are_known(county: County, judges: dict[str, str]) -> None:
    """{name: school}, accepted as the roster in force."""
    lines = [
        {"name": name, "school": school, "subjects": ["数学", "语文"], "coached": [], "kin": []}
        for name, school in judges.items()
    ]
    with county.catalog.writing() as db:
        no = rosters.add(db, "judges", "评委名册.xlsx", "0" * 64, lines, "经办甲")
        rosters.settle(db, no, rosters.IN_FORCE, "经办甲")


def films_come_in(county: County, no: int) -> LessonState:
    """The candidate's film and other materials, found right by the full check."""
    with county.catalog.writing() as db:
        identity = lessons.by_no(db, no).identity
        given = tuple(
            material(db, role, f"{role} of {no}", name)
            for role, name in (("video", "微课视频.mp4"), ("plan", "教学设计.docx"), ("slides", "课件.pptx"))
        )
        _, revision, _ = arrivals.save_guess(db, None, LessonGuess(identity, given), Phase.PRODUCTION)
        edition = county.box.station.edition()
        checks.record(db, no, revision, Phase.PRODUCTION, (edition.id, edition.hash), {}, Verdict.PASS, [])
        return settle_state(db, no, "design_first")
