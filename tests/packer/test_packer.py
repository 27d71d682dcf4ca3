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
