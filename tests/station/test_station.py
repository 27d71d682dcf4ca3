import io
from pathlib import Path

import pytest

from appliance.errors import NotAStation, SettingsWrong
from appliance.settings import read_settings
from appliance.station import Station, create
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


@pytest.mark.parametrize("line", ["port = 70000", "port = -1", "quiet_seconds = -0.1", "reserve_bytes = -5"])
def test_a_number_that_cannot_be_is_named(line: str) -> None:
    with pytest.raises(SettingsWrong, match=f"{line.split()[0]} 超出了范围"):
        read_settings(line.encode())


@pytest.mark.parametrize("code", ["", "../x", "36 07", "示例", "1" * 21])
def test_a_code_that_could_not_name_a_folder_or_a_certificate_is_refused(code: str) -> None:
    with pytest.raises(SettingsWrong, match="code 只能用字母和数字"):
        read_settings(f'code = "{code}"'.encode())


def test_any_name_that_a_person_gives_is_read_back(tmp_path: Path) -> None:
    name = '一行\n二行"\\\x7f'
    assert create(tmp_path / "c", "county", name, "360731").settings.name == name


@pytest.mark.fault("F5")
def test_a_catalog_that_is_gone_is_never_a_silent_empty_one(station: Station) -> None:
    station.store().put(io.BytesIO(b"a lesson"))
    for gone in (Path.unlink, lambda path: path.write_bytes(b"")):
        gone(station.home / "catalog.db")
        for words in (("lessons",), ("watch", "--once"), ("backup",)):
            assert run_lessonbox(*words, "--home", station.home).returncode == 34
        assert run_lessonbox("init", station.home).returncode == 34


def test_init_ends_what_a_power_cut_left_half_made(tmp_path: Path) -> None:
    home = create(tmp_path / "c", "county", "示例县", "360731").home
    for suffix in ("", "-wal", "-shm"):
        (home / f"catalog.db{suffix}").unlink(missing_ok=True)
    assert run_lessonbox("init", home).returncode == 0
    assert run_lessonbox("lessons", "--home", home).returncode == 0
