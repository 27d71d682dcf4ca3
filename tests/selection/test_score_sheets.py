"""Score sheets as they are recorded: sent again, put right with a reason, with the comment that the extremes want."""

from __future__ import annotations

import pytest

from appliance.catalog import Catalog, scores
from appliance.errors import NotAllowed, WrongUse
from appliance.selection import scoresheet
from tests.selection.sessions import opened, points, put


def test_sending_a_sheet_again_records_nothing_new_and_a_correction_is_a_version_with_a_reason(
    catalog: Catalog,
) -> None:
    session = opened(catalog)
    first = put(catalog, session, 1, "评委甲", points(), "评委甲", client="t-1")
    assert put(catalog, session, 1, "评委甲", points(), "评委甲", client="t-1")["id"] == first["id"]
    assert put(catalog, session, 1, "评委甲", points(), "评委甲")["id"] == first["id"]
    with pytest.raises(NotAllowed, match="内容不同"):
        put(catalog, session, 1, "评委甲", points("1"), "评委甲", client="t-1")
    with pytest.raises(NotAllowed, match="写明理由"):
        put(catalog, session, 1, "评委甲", points("1"), "评委甲")
    second = put(catalog, session, 1, "评委甲", points("1"), "评委甲", reason="看错一行")
    assert [(row["version"], row["reason"]) for row in scores.of_session(catalog.db, session)] == [
        (1, ""), (second["version"], "看错一行"),
    ]  # fmt: skip


def test_a_corrected_comment_with_the_same_points_is_a_version_of_its_own(catalog: Catalog) -> None:
    session = opened(catalog)
    put(catalog, session, 1, "评委甲", points(), "评委甲", comment="条理清楚")
    with pytest.raises(NotAllowed, match="写明理由"):
        put(catalog, session, 1, "评委甲", points(), "评委甲", comment="条理不清")
    put(catalog, session, 1, "评委甲", points(), "评委甲", comment="条理不清", reason="写错一字")
    assert [row["comment"] for row in scores.of_session(catalog.db, session)] == ["条理清楚", "条理不清"]


def test_the_extremes_want_a_comment_however_the_sheet_comes(catalog: Catalog) -> None:
    with pytest.raises(WrongUse, match="要写评语"):
        scoresheet.record(catalog, opened(catalog), 1, "评委甲", points(), "评委甲")
