"""定标: nothing is handed in before the group head has said so."""

from __future__ import annotations

import pytest

from appliance.catalog import Catalog
from appliance.errors import NotAllowed, NotFound
from appliance.selection import conferring, tablet, trial
from tests.selection.sessions import EDITION, JUDGES, lesson, opened, points, put
from tests.web.office import add_user

pytestmark = pytest.mark.clause("P3b")


@pytest.fixture
def session(catalog: Catalog) -> int:
    with catalog.writing() as db:
        add_user(db, "组长甲", "approver")
    return opened(catalog, head="组长甲")


def test_a_head_must_be_a_user_who_can_sign_in(catalog: Catalog) -> None:
    with pytest.raises(NotFound, match="没有用户 谁"):
        trial.create(catalog, EDITION, "第一场", "subject", "", "", "", (), "经办甲", "谁")


def test_sheets_are_kept_and_not_handed_in_before_the_head_releases(catalog: Catalog, session: int) -> None:
    tablet.declare(catalog, session, JUDGES[0], [], [])
    tablet.touch(catalog, session, 1, JUDGES[0], "a", 1, {"1": "8"}, "")
    with pytest.raises(NotAllowed, match="前 3 节评委还没有合议"):
        put(catalog, session, 1, JUDGES[0], points(), JUDGES[0])
    with pytest.raises(NotAllowed, match="还没有抽签"):
        conferring.release(catalog, session, "组长甲", "演练")
    trial.cast_lots(catalog, session, "八六一三", "经办甲")
    with pytest.raises(NotAllowed, match="只有组长组长甲可以放行"):
        conferring.release(catalog, session, "经办甲")
    conferring.release(catalog, session, "组长甲", "演练")
    assert put(catalog, session, 1, JUDGES[0], points(), JUDGES[0])["version"] == 1
    with pytest.raises(NotAllowed, match="没有等放行"):
        conferring.release(catalog, session, "组长甲", "演练")


def test_a_session_with_a_head_is_closed_by_the_head_as_one_of_two(catalog: Catalog, session: int) -> None:
    with pytest.raises(NotAllowed, match="要组长组长甲签名"):
        trial.close(catalog, session, "经办甲", "试验", "审批甲")
    with pytest.raises(NotAllowed, match="两个人"):
        trial.close(catalog, session, "组长甲", "试验", "组长甲")
    trial.close(catalog, session, "经办甲", "试验", "组长甲")
    locked = trial.ranking(catalog, session)["locked"]
    assert (locked["by"], locked["second"]) == ("经办甲", "组长甲")
    assert lesson(catalog, "教师丁") == 4
