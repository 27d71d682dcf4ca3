"""Two rooms, eight judges: seven with tablets, one with paper; and the points that they give, so that two lessons tie."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PAPER = "评委戊"


@dataclass(frozen=True)
class Room:
    name: str
    subject: str
    head: str
    seed: str
    judges: tuple[str, ...]

    @property
    def tablets(self) -> tuple[str, ...]:
        return tuple(judge for judge in self.judges if judge != PAPER)


MATHS = Room("小学数学", "数学", "组长甲", "春风八六一三", ("评委甲", "评委乙", "评委丙", "评委丁", PAPER))
CHINESE = Room("小学语文", "语文", "组长乙", "白鹭二零二四", ("评委己", "评委庚", "评委辛"))
ROOMS = (MATHS, CHINESE)
OF_A_SCHOOL = "评委乙"  # who may not judge the lessons of that school
SCHOOLS_OF_JUDGES = dict.fromkeys((*MATHS.judges, *CHINESE.judges), "示例教研室") | {OF_A_SCHOOL: "示例镇中心小学"}
# Of the second word (良好), which wants no comment: least and most of each indicator that is judged, in half points.
SPAN = {"1": (15, 17), "2": (15, 17), "3": (23, 26), "4": (23, 26), "5": (23, 26), "6": (23, 26), "7": (15, 17)}
CLICKED = {"1": "8", "2": "8", "3": "12.5", "4": "12.5", "5": "12.5", "6": "12.5", "7": "8"}  # the middle of 良好


def points(room: Room, place: int, seat: int) -> dict[str, str]:
    """The earlier a lesson in the drawn order, the better; in one room the second and the third are given the same."""
    least, most = (sum(one[end] for one in SPAN.values()) for end in (0, 1))
    left = max(most - (2 if place == 3 and room is CHINESE else place) - seat % 3, least) - least
    given = {}
    for item, (low, high) in SPAN.items():
        more = min(left, high - low)
        given[item] = str(Decimal(low + more) / 2)
        left -= more
    return given
