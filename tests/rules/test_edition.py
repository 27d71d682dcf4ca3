"""The edition as data, and what lint finds in spoiled copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from appliance.errors import EditionWrong, NotFound
from appliance.rules.lint import lint
from appliance.rules.load import EDITIONS, hash_of, load, read

SPOILED = (
    ("rules.toml", 'kind = "fps"', 'kind = "framerate"', "rules.toml 的 video-fps：没有“framerate”这种规则"),
    ("rules.toml", "{fps} 帧/秒，要求", "{speed} 帧/秒，要求", "rules.toml 的 video-fps 的 wrong 的字段：不认识的“speed”"),
    ("rules.toml", "limits = { width = 1920,", "limits = { wide = 1920,", "rules.toml 的 video-picture 的 limits：不认识的“wide”"),
    ("rules.toml", 'clause = "A1"', 'clause = "A1"\ncolour = "red"', "rules.toml 的 periods：不认识的“colour”"),
    ("rules.toml", 'id = "whole"', 'id = "looked"', "rules.toml 的 looked：这个名字用了两次"),
    ("rubrics.toml", "weight = 15", "weight = 14", "rubrics.toml 的 R1：分值合计 96，应为 100"),
    ("quotas.toml", '"北京" = [700', '"北京" = [701', "quotas.toml 的 subject：合计 16101，应为 16100"),
    ("materials.toml", 'design = "none"', 'design = "never"', "materials.toml 的 subject.video：不认识的“never”"),
    ("tolerances.toml", "why = \"通知没有说", "because = \"通知没有说", "tolerances.toml 的 duration_s：不认识的“because”"),
    ("checklist.toml", 'value = "warn"', 'value = "never"', "checklist.toml 的 approval：不认识的“never”"),
    ("remedies.toml", "[steps.fps]", "[steps.framerate]", "remedies.toml 的 steps：不认识的“framerate”"),
    ("remedies.toml", '"Word"]', '"Wort"]', "remedies.toml 的 default：不认识的“Wort”"),
    ("remedies.toml", '"剪映" = ["打开草稿，点右上角“导出”", "“帧率”', '"剪映" = ["1", "2", "3", "“帧率”', "remedies.toml 的 fps.剪映：要有 1 到 4 步"),
    ("checklist.toml", "[item.G4]", '[item.G4]\nhow = "x"', "checklist.toml 的 G4：不认识的“how”"),
    ("edition.toml", 'id = "2024"', 'id = "2024"\nyear = 2024', "edition.toml：不认识的“year”"),
)  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EDITIONS / "2024", tmp_path / "2024"))


def test_the_edition_is_without_mistakes() -> None:
    assert lint(EDITIONS / "2024") == []


@pytest.mark.parametrize(("file", "was", "now", "said"), SPOILED, ids=[row[3] for row in SPOILED])
def test_lint_names_the_mistake(copy: Path, file: str, was: str, now: str, said: str) -> None:
    text = (copy / file).read_text("utf-8")
    assert was in text
    (copy / file).write_text(text.replace(was, now), "utf-8")
    assert lint(copy)[0] == said


def test_a_changed_byte_changes_the_hash(copy: Path) -> None:
    before = hash_of(copy)
    with (copy / "quotas.toml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert (before, hash_of(copy) == before) == (load("2024").hash, False)


def test_an_unknown_edition_is_not_found_and_no_path() -> None:
    for name in ("1999", "../2024", "", "2024/.."):
        with pytest.raises(NotFound):
            load(name)


def test_an_edition_that_cannot_be_read_says_so(copy: Path) -> None:
    (copy / "rules.toml").write_text("[[rule]\n", "utf-8")
    with pytest.raises(EditionWrong):
        read(copy)
    (copy / "rules.toml").unlink()
    assert lint(copy) == ["年度规则 2024 缺少 rules.toml"]


@pytest.mark.clause("附件2", "R1", "R2", "R3")
def test_quotas_and_rubrics_are_those_of_the_annexes() -> None:
    edition = load("2024")
    sums = tuple(sum(row[place] for row in edition.quotas.values()) for place in range(3))
    assert (len(edition.quotas), sums) == (32, (16100, 4000, 850))
    assert {name: len(rubric["items"]) for name, rubric in edition.rubrics.items()} == {
        "R1": 8,
        "R2": 10,
        "R3": 9,
    }
