from pathlib import Path

import pytest

from appliance.errors import NotAStation, SettingsWrong
from appliance.station import Station, create, read_settings
from tests.conftest import run_lessonbox


def test_a_folder_without_settings_is_no_station(tmp_path: Path) -> None:
    with pytest.raises(NotAStation):
        Station.open(tmp_path)


@pytest.mark.parametrize(
    "text, says",
    [
        ("colour = 3", "不认识的设置：colour"),
        ("port = 'x'", "port 应当是 int"),
        ("level = 'moon'", "level 只能是"),
        ("port = ", "读不懂"),
    ],
)
def test_a_wrong_setting_is_named(text: str, says: str) -> None:
    with pytest.raises(SettingsWrong, match=says):
        read_settings(text.encode())


def test_init_again_changes_nothing(tmp_path: Path) -> None:
    create(tmp_path / "c", "county", '带"引号的县', "360731")
    before = (tmp_path / "c/station.toml").read_bytes()
    again = create(tmp_path / "c", "city", "别的", "1")
    assert ((tmp_path / "c/station.toml").read_bytes(), again.settings.name) == (before, '带"引号的县')


def test_the_command_line_answers_2_for_wrong_use_and_36_without_a_station(tmp_path: Path) -> None:
    assert run_lessonbox("fly").returncode == 2
    assert run_lessonbox("lessons", "--home", tmp_path).returncode == 36
