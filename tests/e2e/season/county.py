"""The office of the season: a box behind a real server, its people, its quotas, its roster of judges."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from appliance.catalog import Catalog, rosters
from appliance.station import create
from tests.web import office
from tests.web.boxes import Box
from tests.web.conftest import Visitor

PEOPLE = {"经办甲": "clerk", "组长甲": "approver", "组长乙": "approver", "审批甲": "approver", "审批乙": "approver"}
QUOTA = "".join(f'[[quota]]\nsubject = "{subject}"\nnumber = 2\n' for subject in ("数学", "语文"))


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
    (home / "quota.toml").write_text(QUOTA, "utf-8")
    county = County(box, box.station.catalog())
    with county.catalog.writing() as db:
        for name, role in PEOPLE.items():
            office.add_user(db, name, role)
    return county


def judges_are_known(county: County, judges: dict[str, str]) -> None:
    """{name: school}, accepted as the roster in force."""
    lines = [
        {"name": name, "school": school, "subjects": ["数学", "语文"], "coached": [], "kin": []}
        for name, school in judges.items()
    ]
    with county.catalog.writing() as db:
        no = rosters.add(db, "judges", "评委名册.xlsx", "0" * 64, lines, "经办甲")
        rosters.settle(db, no, rosters.IN_FORCE, "经办甲")
