"""Local rules may be stricter than the notice and may move tolerances within bounds; they never loosen what is hard."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.errors import EditionWrong
from appliance.rules.lint import lint
from appliance.rules.load import EDITIONS, load
from appliance.rules.local import in_force
from tests.rules.test_local_rules import lay, overlay

LOOSER = (
    ("rules.video-fps.limits.fps", "value = 30", "video-fps fps：25 → 30"),
    ("rules.video-codec.limits.codec", 'value = "HEVC"', "video-codec codec：AVC → HEVC"),
    ("rules.video-size.limits.most", "value = 2_147_483_648", "video-size most：1073741824 → 2147483648"),
    ("rules.duration-primary.limits.least", "value = 300", "duration-primary least：600 → 300"),
    ("rules.duration-primary.limits.tolerance", "value = 900", "duration-primary tolerance：900 超出可以改的范围（0 到 120）"),
    ("rules.periods.limits.most", "value = 4", "periods most：3 → 4"),
    ("rules.pupil-work.limits.least", "value = 2", "pupil-work least：3 → 2"),
    ("rules.file-type-video.limits.kinds", 'add = ["image"]', "file-type-video kinds：名单变了"),
    ("rules.video-codec.severity", 'value = "warning"', "video-codec wrong：必须改的改成了不必改的"),
    ("rules.plan-sections.cases.missing.severity", 'value = "info"', "plan-sections missing：必须改的改成了不必改的"),
    ("rules.plan-sections.cases.missing.outcome", 'value = "needs a person"', "plan-sections missing：必须改的改成了不必改的"),
    ("materials.subject.exercises.production", 'value = "optional"', "materials.subject.exercises.production：required → optional"),
    ("materials.subject.plan.per", 'value = "lesson"', "materials.subject.plan.per：period → lesson"),
    ("sections.subject.plan", 'value = { "教学目标" = [] }', "sections.subject.plan：去掉了 教学内容"),
    ("subjects.experiment.primary", 'add = ["语文"]', "subjects.experiment.primary：添了 语文"),
    ("selection.special_share.value", 'value = "0.9"', "selection.special_share：0.8 → 0.9"),
    ("tolerances.duration_s.value", "value = 600", "tolerances.toml 的 duration_s：600 超出可以改的范围（0 到 120）"),
    ("tolerances.fps_share.value", "value = 0.5", "tolerances.toml 的 fps_share：0.5 超出可以改的范围（0.95 到 1）"),
)  # fmt: skip
STRICTER = (
    ("rules.duration-primary.limits.most", "value = 840"),
    ("rules.periods.limits.most", "value = 1"),
    ("rules.pupil-work.limits.least", "value = 5"),
    ("rules.duration-experiment.severity", 'value = "error"'),
    ("rules.duration-experiment.limits.least", "value = 1800"),  # 35 minutes are the rule, not a demand
    ("materials.special.exercises.production", 'value = "required"'),
    ("subjects.experiment.primary", 'value = ["科学"]'),
    ("selection.special_share.value", 'value = "0.7"'),
    ("selection.nodes.value", "value = 2"),
    ("sections.subject.plan.教学目标", 'add = ["本课目标"]'),
    ("tolerances.duration_s.value", "value = 0"),
    ("tolerances.sound_quiet.value", "value = -40"),
)


@pytest.mark.clause("V2", "V5", "A1", "A2", "D2", "E1", "E12", "P5c")
@pytest.mark.parametrize(("what", "written", "said"), LOOSER, ids=[row[0] + row[1] for row in LOOSER])
def test_a_local_rule_that_loosens_the_notice_is_refused_and_named(
    tmp_path: Path, what: str, written: str, said: str
) -> None:
    with pytest.raises(EditionWrong) as refused:
        in_force("2024", lay(tmp_path / "editions", a=overlay(what, written)))
    assert said in refused.value.what


@pytest.mark.parametrize(("what", "written"), STRICTER, ids=[row[0] + row[1] for row in STRICTER])
def test_a_stricter_rule_an_advice_and_a_tolerance_within_bounds_are_the_countys_to_set(
    tmp_path: Path, what: str, written: str
) -> None:
    assert in_force("2024", lay(tmp_path / "editions", a=overlay(what, written))).layers


def test_a_county_cannot_take_back_what_its_province_tightened(tmp_path: Path) -> None:
    what = "rules.duration-primary.limits.most"
    folder = lay(tmp_path / "editions", a=overlay(what, "value = 840", "province"), b=overlay(what, "value = 900"))
    with pytest.raises(EditionWrong) as refused:
        in_force("2024", folder)
    assert refused.value.what == "地方规则 b.toml 放宽了通知或上级的要求，不能用：duration-primary most：840 → 900"


def test_every_tolerance_and_every_parameter_of_scoring_has_a_reason_and_the_editions_are_without_mistakes() -> None:
    edition = load("2024")
    assert [name for name, row in edition.tolerances.items() if not row["why"].endswith("。")] == []
    assert [lint(EDITIONS / name) for name in ("2023", "2024")] == [[], []]


@pytest.mark.clause("O1", "O2", "E1")
def test_the_days_and_the_subjects_of_experiments_are_those_of_the_notice() -> None:
    edition = load("2024")
    assert {name: f"{date.day}" for name, date in edition.dates.items()} == {
        "contact_form": "2024-07-12", "recommended_by": "2024-10-31", "confirmed_by": "2024-11-08",
    }  # fmt: skip
    assert edition.subjects["experiment"] == {
        "primary": ("数学", "科学", "信息科技"),
        "junior": ("数学", "物理", "化学", "生物学", "地理", "信息科技"),
        "senior": ("数学", "物理", "化学", "生物学", "地理", "通用技术", "信息技术"),
    }
