"""A teacher packs a lesson from file:// without network, and the box takes what the packer wrote."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import axe_playwright_python
import pytest

from appliance import packer
from appliance.intake.identify import identify, manifest_of
from appliance.model import Identity, LessonFacts, Material, Phase
from appliance.rules import engine
from appliance.rules.load import load
from tests import samples
from tests.conftest import run_lessonbox

pytestmark = pytest.mark.browser
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Short documents with telling names, one without, clutter, and a name that would like to be markup."""
    lesson = tmp_path / "三年级上册数学人教版《分数的初步认识》教师甲"
    (lesson / "素材").mkdir(parents=True)
    for name in (
        "教学设计\u3000定稿\u200b.docx",
        "学习任务单.docx",
        "课件.pptx",
        "作业练习.docx",
        "素材/<img src=x onerror=alert(1)>.docx",
    ):
        (lesson / name).write_bytes(name.encode() * 100)
    (lesson / "Thumbs.db").write_bytes(b"clutter")
    (lesson / "空.docx").write_bytes(b"")
    return lesson


def pick(page, folder: Path) -> None:
    page.set_input_files("#folder", folder)
    page.wait_for_selector("#work:not([hidden])")


def written(page, tmp_path: Path) -> bytes:
    page.click("#write")
    page.wait_for_selector("#done:not([hidden])", timeout=60_000)
    with page.expect_download() as download:
        page.click("#download")
    assert download.value.suggested_filename == "提交单.json"
    download.value.save_as(tmp_path / "提交单.json")
    return (tmp_path / "提交单.json").read_bytes()


@pytest.mark.clause("W1")
def test_what_the_packer_writes_makes_identification_certain(opened, folder: Path, tmp_path: Path) -> None:
    pick(opened, folder)
    opened.fill("#field-school", "示例第一小学")
    opened.fill("#field-textbook", "某地自编版")
    opened.select_option("[aria-label$='onerror=alert(1)>.docx 的类别']", "other")
    data = written(opened, tmp_path)
    manifest = manifest_of(data)
    assert manifest is not None
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.stat().st_size and path.suffix != ".db"
    )
    names = [
        (path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size)
        for path in files
    ]
    (guess,) = identify(names, load("2024"), manifest=manifest)
    found = guess.identity
    assert (guess.doubts, set(found.sources.values())) == ((), {"manifest"})
    assert (found.title, found.teacher, found.school, found.category, found.stage, found.subject) == (
        "分数的初步认识", "教师甲", "示例第一小学", "subject", "primary", "数学",
    )  # fmt: skip
    assert (found.grade, found.textbook, found.volume, found.periods) == ("三年级", "某地自编版", "上册", 1)
    assert {material.name: material.role for material in guess.materials} == {
        "作业练习.docx": "exercises", "学习任务单.docx": "task_sheet", "教学设计\u3000定稿\u200b.docx": "plan", "课件.pptx": "slides",
        "素材/<img src=x onerror=alert(1)>.docx": "other",
    }  # fmt: skip
    assert opened.inner_text("#code") == hashlib.sha256(data).hexdigest()[:8]
    assert opened.locator("main img, #cover img").count() == 0


def test_the_cover_carries_the_check_code_and_every_file(opened, folder: Path, tmp_path: Path) -> None:
    pick(opened, folder)
    data = written(opened, tmp_path)
    opened.emulate_media(media="print")
    cover = opened.inner_text("#cover")
    wanted = [hashlib.sha256(data).hexdigest()[:8], *(file["name"] for file in json.loads(data)["lessons"][0]["files"])]
    assert [word for word in wanted if word not in cover] == []
    assert not opened.is_visible("#main")


def test_clutter_is_named_with_its_reason_and_not_handed_in(opened, folder: Path, tmp_path: Path) -> None:
    pick(opened, folder)
    left_out = opened.inner_text("#left-out")
    assert ("Thumbs.db：系统缩略图" in left_out, "空.docx：空文件（0 字节）" in left_out) == (True, True)


def test_a_correction_asks_for_a_new_form(opened, folder: Path, tmp_path: Path) -> None:
    pick(opened, folder)
    written(opened, tmp_path)
    opened.fill("#field-title", "另一课")
    assert not opened.is_visible("#done")


def test_a_missing_material_and_an_unknown_stage_are_said_in_the_words_of_the_edition(opened, tmp_path: Path) -> None:
    lesson = tmp_path / "《古诗二首》"
    lesson.mkdir()
    (lesson / "微课视频.avi").write_bytes(b"not a video")
    pick(opened, lesson)
    opened.wait_for_selector("text=这个浏览器放不了“微课视频.avi”")
    said = opened.inner_text("#findings")
    assert [word for word in ("缺少教学设计", "不知道这节课的学段", "请补交教学设计") if word not in said] == []


def test_the_length_and_picture_of_a_real_video_are_judged(opened) -> None:
    pick(opened, samples.make("hd720"))
    opened.wait_for_selector("body[data-videos=seen]", timeout=30_000)
    said = opened.inner_text("#findings")
    assert re.findall(r"必须改：(.*)", said) == ["视频画面是 1280×720，要求 1920×1080"]


def facts(category: str, stage: str, phase: Phase, periods: int, authors: int, rows: list[tuple]) -> LessonFacts:
    kinds = {"mp4": "video", "docx": "docx", "pptx": "pptx", "jpg": "image", "pdf": "pdf", "xlsx": "xlsx"}
    materials = []
    for number, (name, role, period, size, video) in enumerate(rows):
        ending = name.rpartition(".")[2]
        media = {"kind": kinds[ending], "type": ending, "whole": {"ok": True}}
        if video:
            media |= {"duration_s": video[0], "video": {"width": video[1], "height": video[2]}}
        materials.append(Material(role, period, name, f"{number:064x}", size, media))
    people = tuple(f"教师{number}" for number in range(authors))
    identity = Identity(title="课", category=category, stage=stage, subject="数学", periods=periods, authors=people)
    return LessonFacts(identity, phase, tuple(materials))


GIB = 1 << 30
CASES = {
    "nothing": facts("subject", "primary", Phase.PRODUCTION, 1, 0, []),
    "unknown": facts("", "", Phase.DESIGN, 1, 0, [("a.docx", "", 1, 5, None)]),
    "design": facts("subject", "junior", Phase.DESIGN, 1, 0, [("a.docx", "plan", 1, 5, None)]),
    "periods": facts("special", "senior", Phase.PRODUCTION, 4, 0, [
        ("a.docx", "plan", 1, 5, None), ("b.docx", "plan", 3, 5, None), ("v.mp4", "video", 2, 5, (915, 1920, 1080)),
        ("w.mp4", "video", 2, 5, (1229.6, 1920, 1080))]),
    "big": facts("subject", "primary", Phase.PRODUCTION, 1, 0, [
        ("v.mp4", "video", 1, GIB + 1, (615.4, 1440, 1080)), ("w.mp4", "video", 1, 1_000_000_001, (931, 1080, 1920))]),
    "short": facts("subject", "primary", Phase.PRODUCTION, 1, 0, [("v.mp4", "video", 1, 9, (59, 1920, 1080))]),
    "types": facts("subject", "primary", Phase.PRODUCTION, 1, 0, [
        ("a.pptx", "plan", 1, 5, None), ("b.docx", "slides", 1, 5, None), ("c.docx", "video", 1, 5, None)]),
    "experiment": facts("experiment", "primary", Phase.PRODUCTION, 1, 6, [
        ("v.mp4", "experiment_video", 1, 3 * GIB + 1, (1800, 1920, 1080)), ("s.jpg", "pupil_work", 1, 5, None),
        ("t.xlsx", "pupil_work", 1, 5, None)]),
    "scans": facts("experiment", "senior", Phase.PRODUCTION, 1, 0, [
        ("s.jpg", "pupil_work", 1, 5, None), ("t.pdf", "pupil_work", 1, 5, None)]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_packer_says_word_for_word_what_the_box_says(opened, name: str) -> None:
    case, edition = CASES[name], load("2024")
    ours = {rule.id for rule in edition.rules if rule.kind in packer.KINDS}
    box = [
        [one.rule, one.clause, str(one.severity), str(one.outcome), one.material, one.says, one.fix]
        for one in engine.check(case, edition)
        if one.rule in ours and one.outcome != "undetermined"
    ]
    identity = case.identity
    lesson = {key: getattr(identity, key) for key in ("title", "category", "stage", "subject", "periods")}
    files = [
        {"name": m.name, "role": m.role, "period": m.period, "size": m.size, "sha256": m.sha256,
         "video": {"duration": m.media["duration_s"], **m.media["video"]} if "video" in m.media else None}
        for m in case.materials
    ]  # fmt: skip
    given = {"phase": str(case.phase), "lesson": {**lesson, "authors": list(identity.authors)}, "files": files}
    school = opened.evaluate("(facts) => checked(facts, EDITION)", given)
    keys = ("rule", "clause", "severity", "outcome", "material", "says", "fix")
    assert [[one[key] for key in keys] for one in school] == box


NAMES = [
    "示例第一小学/三年级数学《分数的初步认识》教师甲/教学设计.docx",
    "示例中学/八年级下册数学人教版《一次函数》教师辰/微课视频.mp4",
    "示例培智学校/三年级生活数学《认识人民币》教师卯/课件.pptx",
    "示例实验小学/五年级科学《摆的快慢》教师子/实验教学设计.docx",
    "示例第一小学/三年级数学《两位数乘两位数》教师乙/第2课时/学习任务单.docx",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_read_as_the_box_reads_them(opened, name: str) -> None:
    (guess,) = identify([(name, "0" * 64, 1)], load("2024"))
    _, folder, path = name.split("/", 2)
    fields = ("title", "teacher", "stage", "subject", "grade", "textbook", "volume")
    read = opened.evaluate("([folder, path]) => EDITION.names.lessonOf(folder, [path])", [folder, path])
    assert {key: read[key] for key in fields} == {key: getattr(guess.identity, key) for key in fields}
    role, period = opened.evaluate("(p) => [EDITION.names.roleOf(p, 'subject'), EDITION.names.periodOf(p)]", path)
    (material,) = guess.materials
    assert (role, period) == (material.role, material.period)


@pytest.mark.parametrize("size", [(800, 1280), (1280, 800)])
def test_the_packer_fits_the_screen_and_the_finger_and_is_clean_under_axe(opened, folder: Path, size) -> None:
    opened.set_viewport_size({"width": size[0], "height": size[1]})
    pick(opened, folder)
    opened.click("#write")
    opened.wait_for_selector("#done:not([hidden])")
    assert opened.evaluate("document.documentElement.scrollWidth") <= size[0]
    low = "e => e.checkVisibility() && e.getBoundingClientRect().height < 48"
    elements = "[...document.querySelectorAll('button, .button, select, .fields input')]"
    assert opened.evaluate(f"{elements}.filter({low}).map(e => e.outerHTML)") == []
    opened.evaluate(AXE)
    said = opened.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in said["violations"]] == []


def test_the_command_writes_the_same_file_every_time(tmp_path: Path) -> None:
    out = tmp_path / "p.html"
    assert run_lessonbox("packer", "2024", "--out", out).returncode == 0
    assert out.read_text("utf-8") == packer.page(load("2024"))


def test_a_folder_can_be_dragged_in_and_the_teacher_is_asked_to_count(opened, tmp_path: Path) -> None:
    lesson = tmp_path / "三年级数学《周长》教师甲"
    (lesson / "素材").mkdir(parents=True)
    for name in ("教学设计.docx", "素材/课件.pptx"):
        (lesson / name).write_bytes(b"x")
    place = opened.locator("#h-pick").bounding_box()
    browser = opened.context.new_cdp_session(opened)
    for deed in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(lesson)], "dragOperationsMask": 1}
        at = {"x": place["x"] + 5, "y": place["y"] + 5}
        browser.send("Input.dispatchDragEvent", {"type": deed, **at, "data": data})
    opened.wait_for_selector("#work:not([hidden])")
    assert opened.evaluate("now.files.map(file => file.name)") == ["教学设计.docx", "素材/课件.pptx"]
    assert "请核对份数" in opened.inner_text("#picked")
