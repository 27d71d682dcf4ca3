"""A county's season: 24 designs of three schools, two rooms, seven judges on tablets and one on paper; a conflict, a
tie, a killed browser, a restart of the box, an objection; in the end the list of what the county approved."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from appliance import journal, judge_codes
from appliance.catalog import drafts, scores, sessions
from appliance.model import LessonState
from appliance.selection import trial
from tests.conftest import answer
from tests.e2e.season import county as office_of
from tests.e2e.season import looks
from tests.e2e.season.county import County
from tests.e2e.season.rooms import CHINESE, CLICKED, MATHS, PAPER, ROOMS, SCHOOLS_OF_JUDGES, points
from tests.e2e.season.tablets import Tablet
from tests.web.day import second
from tests.web.pictures_of_paper import scan_of

pytestmark = [pytest.mark.browser, pytest.mark.clause("P2", "P3a", "P3b", "P3c", "W2")]
SCRIPTS = Path(__file__).parents[3] / "docs"
CANDIDATES = 2  # of each room
KILLED = "评委甲"  # whose battery falls out


def order(season: SimpleNamespace, room) -> list[int]:
    return [row["no"] for row in sessions.lessons_of(season.county.catalog.db, season.sessions[room])]


def test_24_designs_come_in_and_are_screened(season) -> None:
    county: County = season.county
    for no in office_of.designs_come_in(county):
        county.post("经办甲", f"/lessons/{no}/decide", kind="screen", reason="")
    assert county.states() == {"trial": 24}


def test_two_rooms_are_made_and_the_judge_of_a_school_is_kept_from_its_lessons(season) -> None:
    county: County = season.county
    office_of.judges_are_known(county, SCHOOLS_OF_JUDGES)
    for no, room in enumerate(ROOMS, 1):
        county.post(
            "经办甲", "/sessions", name=room.name, category="subject", stage="primary", subject=room.subject,
            room=f"第 {no} 教室", head=room.head, left_out="subject/8",
        )  # fmt: skip
        season.sessions[room] = no
        offered = re.findall(r'name="lesson" value="(\d+)"', county.get("经办甲", f"/sessions/{no}"))
        county.post("经办甲", f"/sessions/{no}/lessons", lesson=offered)
        text = county.post("经办甲", f"/sessions/{no}/judges", judge=list(room.judges), kind="judge")
        assert (len(offered), text.count("回避</span></td>")) == (12, 4 if room is MATHS else 0)
    assert "评委乙与课例同校：示例镇中心小学 = 示例镇中心小学" in county.get("经办甲", "/sessions/1")


def test_the_order_is_drawn_from_a_spoken_seed_and_a_school_draws_it_again(season) -> None:
    for room, no in season.sessions.items():
        assert f'<p class="seed"><bdi>{room.seed}</bdi></p>' in season.county.post(
            "经办甲", f"/sessions/{no}/draw", seed=room.seed
        )
        numbers = [str(one) for one in sorted(order(season, room))]
        again = subprocess.run(
            ["sh", SCRIPTS / "recompute_draw.sh", room.seed, *numbers], check=True, capture_output=True, text=True
        ).stdout
        assert [int(line.split()[0]) for line in again.splitlines()] == order(season, room)


def test_seven_judges_enter_with_their_printed_codes_and_declare(season) -> None:
    county: County = season.county
    for room, no in season.sessions.items():
        for judge in room.tablets:
            code = judge_codes.make(county.catalog, judge, room.head).code
            profile = season.place / "tablet" if judge == KILLED else None
            tablet = Tablet(season.playwright, season.chromium, county.box, judge, profile).open()
            season.tablets[judge] = tablet
            tablet.enter(code)
            tablet.page.wait_for_selector("text=先打不交")
            assert tablet.page.locator("a.row").count() == (8 if judge == "评委乙" else 12), (judge, no)
    blind = season.tablets["评委甲"].page.inner_text("main")
    assert ("示例" in blind, "教师" in blind.replace("参评教师", "")) == (False, False)


def test_the_first_sheets_are_kept_and_held_until_the_head_releases_them(season) -> None:
    county: County = season.county
    for room, no in season.sessions.items():
        first = next(one for one in order(season, room) if room is CHINESE or not _blocked(season, no, one))
        for judge in room.tablets:
            season.tablets[judge].fill(no, first)
        page = season.tablets[room.tablets[0]].page
        page.click("text=交这份评分")
        page.wait_for_selector("#gaps:has-text('评委还没有合议')")
        assert "只有组长" in county.post("经办甲", f"/sessions/{no}/release")
        assert "放行，可以交评分" in county.post(room.head, f"/sessions/{no}/release")
        for judge in room.tablets:
            season.tablets[judge].submit()
    given = [row["items"] for row in scores.of_session(county.catalog.db, 1)]
    assert given == [CLICKED] * 4


def _blocked(season, session: int, lesson: int) -> bool:
    rows = season.county.catalog.db.execute("select 1 from recusal where session = ? and lesson = ?", [session, lesson])
    return rows.fetchone() is not None


def test_a_killed_browser_and_a_restarted_box_lose_no_touch(season) -> None:
    county: County = season.county
    tablet: Tablet = season.tablets[KILLED]
    lesson = order(season, MATHS)[-1]
    tablet.sheet(1, lesson)
    tablet.press("1")
    tablet.saved()
    county.box.stop()
    tablet.press("2")
    tablet.press("3")
    tablet.page.wait_for_selector("#line:has-text('未连，已存本机')")
    tablet.kept("3")
    tablet.kill()
    county.box.start()
    tablet.back()
    tablet.page.wait_for_selector("text=已存本机 1 份")
    tablet.sheet(1, lesson)
    tablet.saved()
    kept = drafts.newest(county.catalog.db, 1, KILLED)[lesson]["items"]
    assert kept == {"1": "8", "2": "8", "3": "12.5"}


def test_the_other_sheets_come_in_and_the_screen_says_who_is_missing(season) -> None:
    county: County = season.county
    for room, no in season.sessions.items():
        for seat, judge in enumerate(room.tablets):
            done = scores.lessons_scored(county.catalog.db, no, judge)
            for place, lesson in enumerate(order(season, room), 1):
                if lesson not in done and not (judge == "评委乙" and _blocked(season, no, lesson)):
                    season.tablets[judge].send(no, lesson, points(room, place, seat))
    live = county.get("经办甲", "/sessions/1/progress/live")
    assert live.count("缺 1 份") == 12
    assert "<strong>0</strong><span>份还没交" in county.get("经办甲", "/sessions/2/progress/live")
    assert all(tablet.wrong == [] for tablet in season.tablets.values())


def test_the_judge_on_paper_is_entered_by_one_and_confirmed_by_another(season) -> None:
    county: County = season.county
    for place, lesson in enumerate(order(season, MATHS), 1):
        given = points(MATHS, place, 4)
        form = {f"item-{item}": value for item, value in given.items()}
        total = f"{sum(float(value) for value in given.values())}"
        scan = (io.BytesIO(scan_of(f"第 {lesson} 号", total)), "评分表.png")
        county.post("经办甲", f"/sessions/1/papers/{lesson}/5", **form, total=total, signed="yes", scan=scan)
    entries = re.findall(r'href="(/sessions/1/papers/check/\d+)"', county.get("审批甲", "/sessions/1/papers"))
    assert "不能自己核对" in county.post("经办甲", entries[0], answer="yes")
    for entry in entries:
        county.post("审批甲", entry, answer="yes")
    assert len(scores.lessons_scored(county.catalog.db, 1, PAPER)) == 12


def test_both_rooms_end_with_two_signatures_a_tie_and_its_vote(season) -> None:
    county: County = season.county
    for room, no in season.sessions.items():
        text = county.post("经办甲", f"/sessions/{no}/close", **second(room.head))
        assert f"经办甲、{room.head} 签名" in text
    data = [trial.ranking(county.catalog, no) for no in (1, 2)]
    equal = [trial.equals(one["result"], one["input"]["terms"]) for one in data]
    assert [len(group) for groups in equal for group in groups] == [2]
    tied = sorted(equal[1][0])
    votes = {"vote-评委己": tied[1], "vote-评委庚": tied[1], "vote-评委辛": tied[0]}
    text = county.post("经办甲", "/sessions/2/vote", among=[str(no) for no in tied], **votes)
    assert (f"第 {tied[1]} 号 2 票，第 {tied[0]} 号 1 票" in text, "并列" in text) == (True, False)


def test_a_losing_school_computes_ranks_and_scores_again_from_what_is_printed(season) -> None:
    for no in (1, 2):
        printed = season.place / f"ranking-{no}.json"
        printed.write_bytes(season.county.who("经办甲").get(f"/sessions/{no}/results/input").data)
        done = subprocess.run(
            [sys.executable, "-I", SCRIPTS / "recompute_ranking.py", printed], capture_output=True, text=True
        )
        assert (done.returncode, done.stdout.count("不一致"), "抽签一致" in done.stdout) == (0, 0, True)


def test_the_best_become_candidates_and_bring_their_films(season) -> None:
    county: County = season.county
    for no in (1, 2):
        best = [row["no"] for row in trial.ranking(county.catalog, no)["result"][:CANDIDATES]]
        season.chosen += best
    for no in season.chosen:
        county.post("审批甲", f"/lessons/{no}/decide", kind="candidate", reason="")
        assert office_of.films_come_in(county, no) == LessonState.COMPLETE
    assert county.states() == {"trial": 20, "complete": 4}


def test_what_changes_after_the_scores_is_said_beside_them(season) -> None:
    text = season.county.get("经办甲", "/sessions/1/results")
    assert text.count("评分以后材料改过") == CANDIDATES
    assert "已经结束，评分锁定" in text


def test_the_list_is_shown_and_an_objection_is_answered(season) -> None:
    county: County = season.county
    text = county.post(
        "经办甲", "/publicity", title="示例县推荐名单公示", lesson=[str(no) for no in season.chosen],
        first_day="2024-09-20", days="5", contact="示例县教育局基教科",
    )  # fmt: skip
    assert "示例县推荐名单公示" in text
    county.post("经办甲", "/publicity/1/objections", lesson=str(season.chosen[0]), who="某校", says="怀疑教学设计雷同")
    assert "还没有结果" in county.get("经办甲", "/publicity/1")
    county.post("审批甲", "/publicity/1/objections/1", outcome="dismissed", says="逐段比对，不属实")
    assert "公示已结束" in county.post("经办甲", "/publicity/1/close", note="按日历核对，五个工作日已满")


def test_two_persons_approve_and_the_list_of_the_county_is_there(season) -> None:
    county: County = season.county
    for who in ("审批甲", "审批乙"):
        for no in season.chosen:
            county.post(who, f"/lessons/{no}/decide", kind="approve", reason="")
    home = county.box.station.home
    approved = answer("lessons", "--state", "approved", "--home", home)["lessons"]
    assert sorted(row["no"] for row in approved) == sorted(season.chosen)
    count, bad = journal.verify(county.catalog.db)
    assert (bad, count > 200) == (None, True)


def test_the_pages_of_the_season_are_clean_under_axe_fit_and_are_pictured(season) -> None:
    assert {name: said for name, said in looks.of(season.chromium, season.county.box.port).items() if said} == {}
