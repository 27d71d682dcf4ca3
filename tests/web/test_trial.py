"""The office's pages of a trial session: from its making to the ranking, and what they refuse."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.catalog import scores, sessions
from tests.selection.sessions import JUDGES
from tests.web.day import HEAD, POINTS, begun, second

pytestmark = pytest.mark.clause("P3b", "W2")
SCRIPT = Path(__file__).parents[2] / "docs/recompute_ranking.py"


@pytest.fixture
def day(visitor, office_station):
    return begun(visitor("clerk"), office_station.catalog())


def test_a_session_is_made_and_filled_from_the_roster_and_says_who_may_not_judge_what(day) -> None:
    text = day.text()
    assert ("本场不评 资源完整提交规范" in text, text.count("可评</span>"), text.count("回避</span></td>")) == (
        True,
        14,
        1,
    )
    assert "评委戊与课例同校：示例第一小学 = 示例第一小学" in text
    assert re.findall(r"第 (\d) 席 <bdi>(评委.)", text) == [(str(n), name) for n, name in enumerate(JUDGES, 1)]


def test_the_seed_is_shown_large_with_a_recipe_that_gives_the_same_order_again(day, visitor) -> None:
    text = day.post("/draw", seed="春风八六一三")
    assert '<p class="seed"><bdi>春风八六一三</bdi></p>' in text
    order = [row["no"] for row in sessions.lessons_of(day.catalog.db, day.no)]
    numbers = "、".join(map(str, reversed(order)))
    again = visitor().get("/lots", query_string={"seed": "春风八六一三", "numbers": numbers}).get_data(as_text=True)
    assert [int(no) for no in re.findall(r"<strong>(\d+)</strong>", again)] == order
    assert "已经抽过签" in day.post("/draw", seed="再来一次")
    assert "抽签以后不能再加评委" in day.post("/judge", name="评委己", school="示例教研室")
    changed = day.post("/judge", name="评委己", school="示例教研室", replaces="评委丁", reason="急病")
    assert "接替 <bdi>评委丁</bdi>：<bdi>急病</bdi>" in changed


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (second("审批甲", "wrong password"), "另一个人的签名不对"), (second("经办甲"), "要另一个人同意"),
        (second("技术员甲"), "的角色不能签这个名"), (second("nobody"), "另一个人的签名不对"),
        (second("审批甲") | {"reason": " "}, "要写明理由"),
    ],
    ids=["wrong password", "the same person", "another role", "nobody", "no reason"],
)  # fmt: skip
def test_a_recusal_is_lifted_by_two_who_both_gave_their_password(day, form, said) -> None:
    blocked = {"blocked": f"{day.lessons[0]}/评委戊", "reason": "只代过一学期课"}
    assert said in day.post("/override", **blocked | form)
    assert "已解除" not in day.text()
    assert "<bdi>经办甲</bdi>、<bdi>审批甲</bdi> 同意：<bdi>只代过一学期课</bdi>" in day.post(
        "/override", **blocked, **second("审批甲")
    )


def test_another_name_of_a_school_blocks_its_judges_in_every_open_session(day) -> None:
    day.post("/judge", name="评委己", school="三小")
    assert "评委己 不能评" not in day.text().replace("<bdi>", "").replace("</bdi>", "")
    text = day.post("/school", school="示例第三小学", others="三小、示例三小")
    assert text.count("评委己与课例同校：三小 = 示例第三小学") == 2
    assert "要写学校，和它的别的叫法或集团" in day.post("/school", school="示例第三小学")


def test_entrance_codes_are_shown_once_with_a_picture_each_and_let_in(day, visitor) -> None:
    text = day.post("/codes", judge=list(JUDGES[:2]))
    codes = re.findall(r'<p class="big-code number">([^<]+)</p>', text)
    assert (len(codes), text.count("<svg")) == (2, 2 + text.count('<svg class="icon"'))
    assert codes[0] not in day.text()
    assert visitor().post("/judge/enter", "/judge", code=codes[0]).status_code == 303
    assert "没有选评委" in day.post("/codes", judge=["别人"])


def test_paper_sheets_are_entered_by_one_and_confirmed_by_another_beside_the_scan(day, visitor) -> None:
    no = day.lessons[1]
    other = visitor("approver")
    opened = day.clerk.get(f"{day.path}/papers/open", query_string={"code": f"LB-SCORE {day.no}-{no}-3"})
    assert opened.location == f"{day.path}/papers/{no}/3"
    assert "各项加起来是 72" in day.paper(no, 3, "71.5")
    assert "没有签名" in day.paper(no, 3, "72", signed="")
    day.paper(no, 3, "72")
    check = re.search(r'href="(/sessions/\d+(/papers/check/\d+))"', day.text("/papers"))[2]
    assert "录入的人不能自己核对" in day.text(check)
    assert "不能自己核对" in day.post(check, answer="yes")
    assert "/scan" in day.text(check, other)
    assert other.get(f"{day.path}{check}/scan").mimetype == "image/png"
    day.post(check, other, answer="yes")
    (score,) = scores.of_session(day.catalog.db, day.no)
    assert (score["judge"], score["items"], score["by_user"]) == (JUDGES[2], POINTS, "经办甲、审批甲")
    assert other.get(f"/sessions/1{check}").status_code == 404


def test_the_day_ends_with_two_signatures_and_a_ranking_that_anybody_recomputes(day, visitor, tmp_path) -> None:
    other = visitor("approver")
    for no in day.lessons:
        for seat, judge in enumerate(JUDGES, 1):
            if (no, judge) != (day.lessons[0], JUDGES[4]):
                day.paper(no, seat, "72")
    for entry in re.findall(r'href="/sessions/\d+(/papers/check/\d+)"', day.text("/papers")):
        day.post(entry, other, answer="yes")
    assert "还没有结束" in day.text("/results")
    assert "另一个人的签名不对" in day.post("/close", **second("审批甲", "wrong password"))
    text = day.post("/close", **second("审批甲"))
    assert "经办甲、审批甲 签名" in text
    # three lessons by the same points: one with four judges has the plain mean, all of them 80 of 100
    assert (text.count("并列"), text.count("同分表决"), text.count('<td class="number"><strong>80.00</strong>')) == (
        6,
        1,
        3,
    )
    assert "评委戊" not in text.partition("同分表决")[2]
    votes = {f"vote-{judge}": str(day.lessons[1]) for judge in JUDGES[:4]}
    text = day.post("/vote", among=[str(no) for no in day.lessons], **votes)
    assert (text.count("并列"), "第 5 号 4 票" in text or f"第 {day.lessons[1]} 号 4 票" in text) == (4, True)
    printed = tmp_path / "排名.json"
    printed.write_bytes(day.clerk.get(f"{day.path}/results/input").data)
    assert json.loads(printed.read_text())["result"][0]["no"] == day.lessons[1]
    assert subprocess.run([sys.executable, "-I", SCRIPT, printed], capture_output=True).returncode == 0
    assert "只给这一场的组长看" in day.text("/results/spread")
    assert "已经结束" in day.paper(day.lessons[0], 1, "72")


def test_the_head_releases_closes_and_alone_sees_how_strict_each_judge_is(visitor, office_station) -> None:
    day = begun(visitor("clerk"), office_station.catalog(), HEAD)
    head = visitor("approver")
    day.post("/draw", seed="八六一三")
    day.paper(day.lessons[0], 1, "72")
    (check,) = re.findall(r'href="/sessions/\d+(/papers/check/\d+)"', day.text("/papers", head))
    assert "评委还没有合议" in day.post(check, head, answer="yes")
    assert ("还差 13 份没打好" in day.text(), "合议好了，放行" in day.text()) == (True, False)
    assert "只给这一场的组长看" in day.text("/results/spread")
    held = day.text("/results/spread", head)
    assert ("前 3 节现在打好的分" in held, held.count('<td class="number">80.00</td>')) == (True, 2)
    assert "只有组长审批甲可以放行" in day.post("/release")
    assert "还有 13 份没打好" in day.post("/release", head)
    assert "放行，可以交评分" in day.post("/release", head, reason="停电")
    assert "没有等合议的课例" in day.text("/results/spread", head)
    day.post(check, head, answer="yes")
    assert "还差 13 份" in day.text() and "结束要组长审批甲签名" in day.post(
        "/close", reason="停电", **second("审批乙")
    )
    assert "评分汇总" in day.post("/close", head, reason="停电", **second("经办甲"))
    assert "评委打分的松紧" in day.text("/results/spread", head)
