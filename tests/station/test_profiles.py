"""办理方式: a county may work in another order for a category or a stage; a row that is wrong is refused at the start."""

from __future__ import annotations

import pytest

from appliance.errors import SettingsWrong
from appliance.model import Identity
from appliance.rules.load import load
from appliance.selection.profiles import read
from appliance.station import Settings, read_settings


@pytest.mark.clause("P3a", "P3c")
def test_the_first_row_that_fits_says_how_a_lesson_is_handled_and_the_setting_is_for_the_rest() -> None:
    rows = ("experiment=finished_video", "subject/senior=finished_video", "*/primary=design_first")
    settings = Settings(profile="finished_video", profiles=rows)
    asked = (("experiment", "primary"), ("subject", "senior"), ("subject", "primary"), ("special", "junior"))
    assert [settings.profile_of(Identity(category=category, stage=stage)) for category, stage in asked] == [
        "finished_video", "finished_video", "design_first", "finished_video",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row", ["experiment", "experiment=video", "=design_first", "a b=design_first", "x/y/z=design_first"]
)
def test_a_row_that_is_wrong_is_named(row: str) -> None:
    with pytest.raises(SettingsWrong, match="profiles 里的"):
        read_settings(f'profiles = ["{row}"]'.encode())


@pytest.mark.parametrize("edition", ["2024", "2023"])
def test_each_edition_says_what_both_ways_mean(edition: str) -> None:
    known = read(load(edition).selection, lambda identity: "design_first")
    assert {name: (one.passed, one.chosen) for name, one in known.by_id.items()} == {
        "design_first": ("screen", "candidate"), "finished_video": ("", ""),
    }  # fmt: skip
