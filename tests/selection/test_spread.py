"""评委打分的松紧: compared on the very lessons that a judge scored; flagged beyond the limit, never corrected."""

from __future__ import annotations

from decimal import Decimal

import pytest

from appliance.selection import spread
from appliance.selection.spread import Row, Wide

pytestmark = pytest.mark.clause("W2")


def result(*lessons: dict[str, str]) -> list[dict]:
    """As `sheet.result` gives it: totals by judge, one dict a lesson."""
    return [
        {"no": no, "judges": [{"judge": judge, "exact": total} for judge, total in totals.items()]}
        for no, totals in enumerate(lessons, 1)
    ]


def test_a_judge_is_compared_on_the_lessons_that_they_scored_and_no_others() -> None:
    """丙 was kept from the best lesson: lower on the whole, and not strict."""
    rows = spread.judges(
        result({"甲": "96", "乙": "94"}, {"甲": "80", "乙": "80", "丙": "80"}, {"甲": "70", "乙": "70", "丙": "70"}),
        Decimal("0.5"),
    )
    assert rows == [
        Row("丙", 2, Decimal("75.00"), Decimal("7.07"), Decimal("0.00"), False),
        Row("乙", 3, Decimal("81.33"), Decimal("12.06"), Decimal("-0.33"), False),
        Row("甲", 3, Decimal("82.00"), Decimal("13.11"), Decimal("0.33"), False),
    ]


def test_who_is_further_off_than_the_limit_is_flagged_on_either_side() -> None:
    rows = spread.judges(result({"甲": "90", "乙": "80", "丙": "70"}), Decimal(5))
    assert [(row.judge, row.off, row.deviation, row.flag) for row in rows] == [
        ("丙", Decimal("-10.00"), None, True), ("乙", Decimal("0.00"), None, False), ("甲", Decimal("10.00"), None, True),
    ]  # fmt: skip


def test_lessons_on_which_the_judges_are_far_apart_come_widest_first() -> None:
    found = spread.wide(
        result({"甲": "90", "乙": "60"}, {"甲": "90", "乙": "70"}, {"甲": "95", "乙": "50"}, {"甲": "1"}, {}),
        Decimal(20),
    )
    assert found == [Wide(3, Decimal("45.00")), Wide(1, Decimal("30.00"))]
