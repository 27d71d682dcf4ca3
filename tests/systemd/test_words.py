"""What the units say, held against the program and against each other."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from appliance.cli import COMMANDS, parser_for
from appliance.doctor import UNITS as UNIT_WORDS
from appliance.heartbeat import PARTS, STALE_SECONDS
from appliance.settings import Settings
from appliance.station import FOLDERS
from tests.systemd.conftest import UNITS
from tests.systemd.words import files, value, values

SERVICES = sorted(UNITS.glob("*.service"))
COMMON = UNITS / "lessonbox-.service.d" / "10-hardening.conf"


def read(path: Path) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None, strict=False, delimiters=["="])
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(path, encoding="utf-8")
    return unit


def test_each_part_of_the_box_has_a_unit_that_runs_its_command() -> None:
    commands = {part: read(UNITS / f"lessonbox-{part}.service")["Service"]["ExecStart"] for part in PARTS}
    program = "/opt/lessonbox/.venv/bin/lessonbox"
    assert commands == {
        "web": f"{program} web", "watch": f"{program} watch", "courier": f"{program} courier --no-sshd",
    }  # fmt: skip


def test_the_commands_of_the_units_take_the_words_that_the_units_give_them() -> None:
    by_name = {command.name: command for command in COMMANDS}
    for path in SERVICES:
        for name, words in re.findall(r"bin/lessonbox (\S+)(.*)", path.read_text()):
            parser_for(by_name[name]).parse_args(words.split())


def test_a_unit_runs_only_commands_that_exist() -> None:
    names = {command.name for command in COMMANDS}
    asked = [re.findall(r"bin/lessonbox (\S+)", path.read_text()) for path in SERVICES]
    assert {name for each in asked for name in each} <= names


@pytest.mark.parametrize("part", PARTS)
def test_systemd_waits_for_a_part_and_ends_it_when_it_hangs(part: str) -> None:
    service = read(UNITS / f"lessonbox-{part}.service")["Service"]
    assert (service["Type"], service["Restart"]) == ("notify", "always")
    assert 10 <= int(service["WatchdogSec"]) <= STALE_SECONDS


def test_every_failure_is_noted_but_the_note_itself() -> None:
    noted = {path.name for path in SERVICES if "lessonbox-failure@%N.service" in values(path, "OnFailure")}
    assert {path.name for path in SERVICES} - noted == {"lessonbox-failure@.service"}


# Words that gather up over the files; every other one is decided by the last file that has it.
GATHERED = ("SystemCallFilter", "ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "Environment", "IPAddressAllow")


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_says_nothing_that_a_drop_in_after_it_would_overrule(path: Path) -> None:
    """Drop-ins are read after the unit: what it must have otherwise stands in a drop-in of its own, behind them."""
    own = set(read(path)["Service"])
    later = {word for each in map(read, files(path)[1:]) if "Service" in each for word in each["Service"]}
    assert own & later - set(GATHERED) == set()


def test_only_what_talks_to_others_has_an_address_and_the_screen_reaches_this_box_alone() -> None:
    families = {path.name: value(path, "RestrictAddressFamilies", "AF_INET") for path in SERVICES}
    assert {name for name, words in families.items() if "AF_INET" in words} == {
        "lessonbox-courier.service", "lessonbox-kiosk.service", "lessonbox-share.service", "lessonbox-sshd.service",
    }  # fmt: skip
    assert values(UNITS / "lessonbox-kiosk.service", "IPAddressAllow") == ["localhost"]


def test_each_user_of_a_unit_is_made_with_a_fixed_number() -> None:
    rows = re.findall(r"^u (\S+) +(\d+):lessonbox", (UNITS / "sysusers.d/lessonbox.conf").read_text(), re.M)
    assert {name for name, _ in rows} == {value(path, "User", "root") for path in SERVICES} - {"root"}
    assert len({number for _, number in rows}) == len(rows)


def test_what_runs_as_root_has_no_power_but_to_own_except_what_mounts_asks_disks_and_changes_users() -> None:
    powers = {
        path.name: "".join(values(path, "CapabilityBoundingSet"))
        for path in SERVICES
        if value(path, "User", "root") == "root"
    }
    assert {name for name, power in powers.items() if power} == {
        "lessonbox-disks.service", "lessonbox-mark.service", "lessonbox-share.service", "lessonbox-usb@.service",
    }  # fmt: skip
    assert set(powers) == {
        f"lessonbox-{name}.service" for name in ("disks", "keep", "mark", "share", "trial-over", "update", "usb@")
    }


def test_each_folder_of_a_station_has_its_rights() -> None:
    lines = (UNITS / "tmpfiles.d/lessonbox.conf").read_text()
    ruled = set(re.findall(r"^d /data/lessonbox/(\S+)", lines, re.M))
    assert {folder for folder in FOLDERS if folder not in ruled} == set()


def test_the_socket_listens_on_the_port_of_a_new_station() -> None:
    assert read(UNITS / "lessonbox-web.socket")["Socket"]["ListenStream"] == str(Settings().port)


def test_every_unit_has_a_word_for_the_screen_when_it_was_given_up() -> None:
    names = {path.stem.removeprefix("lessonbox-").rstrip("@") for path in SERVICES}
    assert names - set(UNIT_WORDS) == {"failure"}


def test_the_screens_browser_is_held_where_logind_puts_it_as_in_its_own_unit() -> None:
    """A session is moved out of its unit's group: what counts by group must stand at the user's slice as well."""
    unit = UNITS / "lessonbox-kiosk.service"
    [number] = re.findall(r"^u lessonbox-kiosk +(\d+)", (UNITS / "sysusers.d/lessonbox.conf").read_text(), re.M)
    held = read(UNITS / f"user-{number}.slice.d/lessonbox.conf")["Slice"]
    words = ("MemoryMax", "TasksMax", "IPAddressDeny", "IPAddressAllow", "DevicePolicy")
    assert {word: held[word] for word in words} == {word: value(unit, word) for word in words}


def test_the_screen_keeps_its_socket_in_a_folder_that_its_unit_leaves_open() -> None:
    unit = UNITS / "lessonbox-kiosk.service"
    assert f"XDG_RUNTIME_DIR=/run/{value(unit, 'RuntimeDirectory')} " in value(unit, "ExecStart")
