"""A county's season: 24 designs of three schools, four on a stick and screened by an expert; two rooms, seven judges on
tablets and one on paper; a conflict, a tie, a killed browser, a restart of the box, an exception to the ranking, an
objection; in the end the list of what the county approved."""

from __future__ import annotations

import io

import pytest
from docx import Document

from appliance import journal, judge_codes
from appliance.catalog import drafts, proposals, scores, screenings
from appliance.model import LessonState
from tests.conftest import answer
from tests.e2e.season import board, judging, looks, materials, screens, trial_days
from tests.e2e.season import county as office_of
from tests.e2e.season.county import County
from tests.e2e.season.rooms import CLICKED, MATHS, OF_A_SCHOOL, PAPER, ROOMS, SCHOOLS_OF_JUDGES
from tests.e2e.season.tablets import Tablet
from tests.e2e.season.trial_days import drawn_again, enter_papers, make, order, ranked_again, vote
from tests.web.day import second

pytestmark = [pytest.mark.browser, pytest.mark.clause("P2", "P3a", "P3b", "P3c", "W2")]
EXPERT = "专家甲"
KILLED = "评委甲"  # whose battery falls out


def test_the_designs_of_a_school_come_on_a_stick_and_those_of_the_others_too(season) -> None:
    county: County = season.county
    materials.a_stick_comes_in(county)
    rows = county.catalog.db.execute("select title, teacher, school, verdict from lesson order by no").fetchall()
    assert rows == [(words.title, words.teacher, words.school, "pass") for words in materials.ON_THE_STICK]
    assert materials.SAYS in materials.school_recommends(county, 1)
    season.others = materials.the_others_come_in(county)
    assert county.states() == {"submitted": 24}


def test_an_expert_reads_the_designs_of_the_stick_without_a_name_and_the_office_passes_them(season) -> None:
    county: County = season.county
    office_of.judges_are_known(county, SCHOOLS_OF_JUDGES | {EXPERT: "示例教研室"})
    read = [str(no) for no in range(1, 5)]
    county.post("经办甲", "/screening", name="小学数学初筛", readers="1", seed="谷雨", lesson=read, expert=EXPERT)
    code = judge_codes.make(county.catalog, EXPERT, "经办甲").code
    with screens.page_of(season.chromium, county.box.port) as page:
        seen = screens.read_designs(page, code)
    heads = [Document(io.BytesIO(file)).paragraphs[0].text for file in seen.values()]
    assert sorted(heads) == [f"《数学第{no}课》教学设计 ＊＊＊＊＊＊ ＊＊＊" for no in range(1, 5)]
    assert [name for shown in seen for name in materials.NAMES_ON_THE_STICK if name in shown] == []
    assert [row["says"] for row in screenings.readings(county.catalog.db, 1)] == ["recommend"] * 4
    county.post("经办甲", "/screening/1/pass", lesson=read)
    for no in season.others:
        county.post("经办甲", f"/lessons/{no}/decide", kind="screen", reason="")
    assert county.states() == {"trial": 24}


def test_two_rooms_are_made_and_the_judge_of_a_school_is_kept_from_its_lessons(season) -> None:
    for no, room in enumerate(ROOMS, 1):
        season.sessions[room] = no
        offered, text = make(season.county, no, room)
        assert (offered, text.count("回避</span></td>")) == (12, 4 if room is MATHS else 0)
    assert "评委乙与课例同校：示例镇中心小学 = 示例镇中心小学" in season.county.get("经办甲", "/sessions/1")


def test_the_order_is_drawn_from_a_spoken_seed_and_a_school_draws_it_again(season) -> None:
    for room, no in season.sessions.items():
        text = season.county.post("经办甲", f"/sessions/{no}/draw", seed=room.seed)
        assert f'<p class="seed"><bdi>{room.seed}</bdi></p>' in text
        assert drawn_again(season.county, no, room.seed) == order(season.county, no)


def test_seven_judges_enter_with_their_printed_codes_and_declare(season) -> None:
    county: County = season.county
    for room, no in season.sessions.items():
        for judge in room.tablets:
            code = judge_codes.make(county.catalog, judge, room.head).code
            profile = season.place / "tablet" if judge == KILLED else None
            tablet = Tablet(season.playwright, season.chromium, county.box, judge, profile).open()
            season.tablets[judge] = tablet
            tablet.enter(code)
            assert tablet.page.locator("a.row").count() == (8 if judge == OF_A_SCHOOL else 12), (judge, no)
    blind = season.tablets["评委甲"].page.inner_text("main")
    assert ("示例" in blind, "教师" in blind.replace("参评教师", "")) == (False, False)


def test_the_first_sheets_are_kept_and_held_until_the_head_releases_them(season) -> None:
    county: County = season.county
    db = county.catalog.db
    for room, no in season.sessions.items():
        by_hand = judging.first_sheets(county, no, room, season.tablets)
        if room is MATHS:
            enter_papers(county, range(1, 4))
        assert ("没打好" in county.get("经办甲", f"/sessions/{no}"), scores.of_session(db, no)) == (False, [])
        seen = county.get(room.head, f"/sessions/{no}/results/spread")
        assert [f"第 {one} 号</th>" in seen for one in order(county, no)[:4]] == [True, True, True, False]
        assert "只有组长" in county.post("经办甲", f"/sessions/{no}/release")
        assert "放行，可以交评分" in county.post(room.head, f"/sessions/{no}/release")
        for judge in room.tablets:
            season.tablets[judge].sheet(no, by_hand)
            season.tablets[judge].submit()
    assert [row["items"] for row in scores.of_session(db, 1)] == [CLICKED] * 4


def test_a_killed_browser_and_a_restarted_box_lose_no_touch(season) -> None:
    county: County = season.county
    lesson = order(county, 1)[-1]
    judging.battery_falls_out(county.box, season.tablets[KILLED], lesson)
    kept = drafts.newest(county.catalog.db, 1, KILLED)[lesson]
    assert kept["items"] == {"1": "8", "2": "8", "3": "12.5"}


def test_the_other_sheets_come_in_and_the_screen_says_who_is_missing(season) -> None:
    county: County = season.county
    for room, no in season.sessions.items():
        judging.other_sheets(county, no, room, season.tablets)
    live = county.get("经办甲", "/sessions/1/progress/live")
    assert live.count("缺 1 份") == 12
    assert "<strong>0</strong><span>份还没交" in county.get("经办甲", "/sessions/2/progress/live")
    assert all(tablet.wrong == [] for tablet in season.tablets.values())


def test_the_judge_on_paper_is_entered_by_one_and_confirmed_by_another(season) -> None:
    county: County = season.county
    entries = enter_papers(county, range(4, 13))
    assert "不能自己核对" in county.post("经办甲", entries[0], answer="yes")
    for entry in entries:
        county.post("审批甲", entry, answer="yes")
    assert len(scores.lessons_scored(county.catalog.db, 1, PAPER)) == 12


def test_both_rooms_end_with_two_signatures_a_tie_and_its_vote(season) -> None:
    county: County = season.county
    for room, no in season.sessions.items():
        assert f"经办甲、{room.head} 签名" in county.post("经办甲", f"/sessions/{no}/close", **second(room.head))
    equal = [trial_days.equals(county, no) for no in (1, 2)]
    assert [[len(group) for group in groups] for groups in equal] == [[], [2]]
    tied = sorted(equal[1][0])
    text = vote(county, tied, {"评委己": tied[1], "评委庚": tied[1], "评委辛": tied[0]})
    assert (f"第 {tied[1]} 号 2 票，第 {tied[0]} 号 1 票" in text, "并列" in text) == (True, False)


def test_a_losing_school_computes_ranks_and_scores_again_from_what_is_printed(season) -> None:
    for no in (1, 2):
        printed = season.place / f"ranking-{no}.json"
        printed.write_bytes(season.county.who("经办甲").get(f"/sessions/{no}/results/input").data)
        done = ranked_again(printed)
        assert (done.returncode, done.stdout.count("不一致"), "抽签一致" in done.stdout) == (0, 0, True)


def test_candidates_are_chosen_beside_the_quota_with_one_exception_and_decided_by_two(season) -> None:
    county: County = season.county
    maths, chinese = (trial_days.ranked(county, no) for no in (1, 2))
    season.chosen += [maths[0], maths[2], *chinese[:2]]
    with screens.page_of(season.chromium, county.box.port, "clerk") as page:
        board.try_out(page, maths, chinese)
        assert board.save(page, "第一稿", "教师已调走") == 1
    with screens.page_of(season.chromium, county.box.port, "approver") as page:
        assert county.states() == {"trial": 24}
        board.decide(page, "经办甲")
    row = proposals.by_id(county.catalog.db, 1)
    assert (sorted(row["chosen"]), [*row["reasons"].values()]) == (sorted(season.chosen), ["教师已调走"])
    assert (row["settled_by"], row["second"]) == ("审批甲", "经办甲")
    assert county.states() == {"trial": 20, "candidate": 4}


def test_the_candidates_bring_their_films_and_what_changed_after_the_scores_is_said_beside_them(season) -> None:
    for no in season.chosen:
        assert materials.films_come_in(season.county, no) == LessonState.COMPLETE
    assert season.county.states() == {"trial": 20, "complete": 4}
    text = season.county.get("经办甲", "/sessions/1/results")
    assert text.count("评分以后材料改过") == 2
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
    approved = answer("lessons", "--state", "approved", "--home", county.box.station.home)["lessons"]
    assert {row["no"] for row in approved} == {*season.chosen}
    assert journal.verify(county.catalog.db)[1] is None


def test_the_pages_of_the_season_are_clean_under_axe_fit_and_are_pictured(season) -> None:
    assert {name: said for name, said in looks.of(season.chromium, season.county.box.port).items() if said} == {}
