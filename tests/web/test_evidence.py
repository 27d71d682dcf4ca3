"""证据与核对, 看原件: pictures only for who may see the lesson, each look noted, the checklist answered on the page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from appliance.catalog import alikes, checks, fingerprints
from appliance.originality.pairs import Pair
from appliance.reports.loudness import svg, times
from tests.web import films
from tests.web.films import COMPLETE, FILM, RETURNED


def card_rows(text: str) -> list[tuple[str, ...]]:
    cell = r"<td>(?:<bdi>)?(.*?)(?:</bdi>)?</td>"
    found = re.findall(rf'<th scope="row">(.*?)</th>{cell}{cell}<td>(.*?)</td>', text)
    return [(label, wanted, read, re.sub(r"<[^>]+>", "", said)) for label, wanted, read, said in found]


@pytest.mark.clause("V3")
def test_the_card_stands_beside_the_words_that_it_should_bear_field_by_field(visitor):
    text = visitor("clerk").get(f"/lessons/{RETURNED}/evidence").get_data(as_text=True)
    assert card_rows(text) == [
        ("教材版本", "人教版", "人教版", "读到了"), ("学科", "数学", "数学", "读到了"),
        ("年级", "三年级上册", "三年级上册", "读到了"), ("课名", "分数的初步认识 0", "分数的初步认识 0", "读到了"),
        ("主讲教师", "教师𬱖", "教师颐", "不一样，请看"),
    ]  # fmt: skip


@pytest.mark.clause("V3")
def test_what_nobody_could_read_is_left_to_a_person(visitor):
    text = visitor("clerk").get(f"/lessons/{COMPLETE}/evidence").get_data(as_text=True)
    assert {row[2:] for row in card_rows(text)} == {("—", "请看画面")}
    assert [row[1] for row in card_rows(text)] == ["人教版", "数学", "三年级", "分数的初步认识 3", "教师甲"]


@pytest.mark.clause("G8")
def test_what_is_alike_stands_side_by_side_for_those_who_decide(visitor, office_station, db):
    row = next(db.query("select material.id, sha256 from material join lesson using (revision)"
                        " where lesson.no = 4 and role = 'video'"))  # fmt: skip
    office_station.evidence().save(row["sha256"], "contact", films.picture("4x4"))
    ours = next(db.query("select sha256 from material where id = ?", [FILM]))["sha256"]
    for sha256 in (ours, row["sha256"]):
        fingerprints.add(db, fingerprints.SOUND, 1, bytes(range(200)), sha256=sha256)
    alikes.replace(db, 1, {2: Pair(0.8, 600.0, 0.0, 600.0, 0.0, 600.0)})
    someone = visitor("clerk")
    text = someone.get(f"/lessons/{RETURNED}/evidence").get_data(as_text=True)
    sides = re.findall(r'<div class="sides">(.*?)</div>', text, re.S)
    pictures = [re.findall(r'src="([^"]+)"', side) for side in sides]
    assert pictures == [["/lessons/1/evidence/1/contact.jpg", f"/lessons/4/evidence/{row['id']}/contact.jpg"]]
    assert [someone.get(path).status_code for path in pictures[0]] == [200, 200]
    assert "第 4 号《" in text and "第 4 号《" not in visitor("technician").get(
        f"/lessons/{RETURNED}/evidence"
    ).get_data(as_text=True)


@pytest.mark.clause("G8")
def test_pictures_that_two_films_share_stand_beside_each_other_with_their_minutes(visitor, office_station, db):
    rows = list(db.query("select material.id, sha256, lesson.no from material join lesson using (revision)"
                         " where lesson.no in (1, 4) and role = 'video' order by lesson.no"))  # fmt: skip
    for row in rows:
        media = {"kind": "video", "type": "mp4", "pictures": ["at-00200", "at-01950", "contact"]}
        checks.save_media(db, row["sha256"], media, {})
        fingerprints.add(db, fingerprints.PICTURE, 1, bytes(72), sha256=row["sha256"])
        for name in ("at-00200", "at-01950", "contact"):
            office_station.evidence().save(row["sha256"], name, films.picture("1x1"))
    span = (20.0, 195.0, 20.0, 195.0)
    alikes.replace(db, 1, {2: Pair(0.8, 175.0, *span, 0.0, (span,), ((20.0, 20.0), (40.0, 60.0), (195.0, 195.0)))})
    someone = visitor("clerk")
    text = someone.get(f"/lessons/{RETURNED}/evidence").get_data(as_text=True)
    assert "画面 80% 相同，共 2 分 55 秒：这边 0:20–3:15，那边 0:20–3:15" in text
    sides = re.findall(r'<div class="sides">(.*?)</div>', text, re.S)
    pictures = [re.findall(r'src="([^"]+)"', side) for side in sides]
    assert [[path.rpartition("/")[2] for path in pair] for pair in pictures] == [
        ["at-00200.jpg"] * 2, ["at-01950.jpg"] * 2, ["contact.jpg"] * 2,
    ]  # fmt: skip
    assert [someone.get(path).status_code for pair in pictures for path in pair] == [200] * 6
    assert re.findall(r"<figcaption>([^<]*)</figcaption>", text)[:2] == ["这节课 0:20", "第 4 号 0:20"]
    assert "其他画面" not in text  # they are only shown where they are compared


@pytest.mark.clause("V4")
def test_the_sound_is_a_picture_and_the_same_in_words(visitor):
    someone = visitor("clerk")
    text = someone.get(f"/lessons/{RETURNED}/evidence").get_data(as_text=True)
    assert "听了 12 分钟；平均响度 -22.4 LUFS；没有声音的占 5%；最长一段没有声音 36 秒；破音每分钟 0 处" in text
    answer = someone.get(f"/lessons/{RETURNED}/evidence/{FILM}/loudness.svg")
    drawing = ET.fromstring(answer.data)
    (line,) = drawing.iter("{http://www.w3.org/2000/svg}polyline")
    assert (answer.mimetype, len(line.get("points").split())) == ("image/svg+xml", 300)
    assert [each for each in drawing.iter() if each.get("style") or each.tag.endswith(("style", "script"))] == []


@pytest.mark.clause("V1")
def test_the_sampled_pictures_are_told_in_words_too(visitor):
    text = visitor("clerk").get(f"/lessons/{RETURNED}/evidence").get_data(as_text=True)
    assert "看了 120 幅画面；118 幅里有 90 幅看到人脸" in text


def test_a_picture_that_is_gone_is_a_sentence_and_no_broken_image(visitor):
    someone = visitor("clerk")
    text = someone.get(f"/lessons/{RETURNED}/evidence").get_data(as_text=True)
    sources = re.findall(r'<img src="([^"]+)"', text)
    assert [someone.get(source).status_code for source in sources] == [200] * len(sources)
    assert text.count("这张画面现在没有，重新检查后会再有") == 1
    assert [url.rpartition("/")[2] for url in sources if "evidence" in url] == [
        "card.jpg",
        "contact.jpg",
        "loudness.svg",
    ]
    without = someone.get(f"/lessons/{COMPLETE}/evidence").get_data(as_text=True)
    assert ("没有画面可看" in without, '<img src="/lessons' in without) == (True, False)


@pytest.mark.clause("G5")
def test_a_question_is_answered_on_the_page_and_a_no_keeps_from_approval(visitor, db):
    clerk, approver = visitor("clerk"), visitor("approver")
    path = f"/lessons/{COMPLETE}/tick"
    assert clerk.post(path, clause="G5", answer="no").status_code == 400  # a no needs its reason
    done = clerk.post(path, clause="G5", answer="no", remark="第 3 页公式错")
    assert (done.status_code, done.location) == (303, f"/lessons/{COMPLETE}/evidence#c-G5")
    assert "第 3 页公式错" in approver.get(f"/lessons/{COMPLETE}/evidence").get_data(as_text=True)
    assert "核对 1 条答“否”" in approver.get("/approvals").get_data(as_text=True)
    text = approver.get(f"/approvals/{COMPLETE}").get_data(as_text=True)
    assert ("G5 答了“否”，现在不能审批" in text, 'value="approve"' in text) == (True, False)
    assert approver.post(f"/lessons/{COMPLETE}/decide", kind="approve").status_code == 409
    approver.post(path, clause="G5", answer="yes", remark="已改")
    assert "核对清单还有 8 条没有看" in approver.get(f"/approvals/{COMPLETE}").get_data(as_text=True)
    assert approver.post(f"/lessons/{COMPLETE}/decide", kind="approve").status_code == 303


def test_a_technician_sees_the_questions_and_cannot_answer(visitor):
    technician = visitor("technician")
    text = technician.get(f"/lessons/{COMPLETE}/evidence").get_data(as_text=True)
    assert ("讲得准确" in text, f"/lessons/{COMPLETE}/tick" in text) == (True, False)
    assert technician.post(f"/lessons/{COMPLETE}/tick", clause="G5", answer="yes").status_code == 409


def test_the_axis_names_round_moments():
    assert [times(seconds) for seconds in (0, 20, 725)] == [[0], [0, 5, 10, 15, 20], [0, 180, 360, 540, 720]]


def test_a_curve_of_nothing_is_still_a_drawing():
    assert ET.fromstring(svg({}, -33, -9)).tag.endswith("svg")
