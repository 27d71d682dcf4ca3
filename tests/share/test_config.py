"""What the share's files say, without a server."""

from __future__ import annotations

import shutil
import stat
import subprocess

import pytest

from appliance import school_codes
from appliance.errors import SettingsWrong, WrongUse
from appliance.share import accounts, server
from appliance.share.md4 import md4
from tests.conftest import make_station


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (b"", "31d6cfe0d16ae931b73c59d7e0c089c0"), (b"a", "bde52cb31de33e46245e05fbdbd6fb24"),
        (b"abc", "a448017aaf21d8525fc10ae87aa6729d"),
        (b"abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"),
        (b"1234567890" * 8, "e33b4ddc9c38f2199c3e7b164fcc0536"),
    ],
)  # fmt: skip
def test_md4_is_that_of_the_rfc(text, digest) -> None:
    assert md4(text).hex() == digest


def test_a_code_makes_an_account_and_a_folder_and_ends_with_it(station, catalog) -> None:
    made = school_codes.make(station, catalog, "示例一小", "经办甲")
    secret = station.folder("secret") / "share"
    assert accounts.known(station) == {1: md4(made.code.encode("utf-16-le")).hex().upper()}
    assert (station.folder("drops/lan") / "示例一小").is_dir()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in secret.iterdir()}
    assert modes == dict.fromkeys(("smbpasswd", "passwd", "group", "smb.conf"), 0o600)
    assert "[示例一小]" in (secret / "smb.conf").read_text()
    school_codes.revoke(station, catalog, "示例一小", "经办甲")
    assert (accounts.known(station), "[示例一小]" in (secret / "smb.conf").read_text()) == ({}, False)
    assert (station.folder("drops/lan") / "示例一小").is_dir()


@pytest.mark.parametrize("name", ["global", "Homes", "a]\n[b", "100%", "秘密$", "甲;乙", "CON"])
def test_a_name_that_means_something_to_samba_is_refused(name) -> None:
    with pytest.raises(WrongUse):
        school_codes.usable_name(name)


@pytest.mark.skipif(not shutil.which("testparm"), reason="needs samba's testparm")
def test_samba_finds_no_fault_in_the_configuration(tmp_path) -> None:
    station = make_station(tmp_path / "示例 县", more="share_port = 445\n")
    catalog = station.catalog()
    school_codes.make(station, catalog, "示例一小", "经办甲")
    path = server.settle(station, catalog.db)
    server.command(station)
    words = ["testparm", "-s", "--debuglevel=1", str(path)]
    said = subprocess.run(words, capture_output=True, text=True, timeout=30)
    assert said.returncode == 0
    assert [line for line in said.stderr.splitlines() if "nknown parameter" in line or "ERROR" in line] == []
    for line in ("server signing = required", "smb2 leases = No", "[示例一小]", "force user = lessonbox-share"):
        assert line in said.stdout


def test_a_home_that_samba_would_read_otherwise_is_refused(tmp_path) -> None:
    station = make_station(tmp_path / "100% 县")
    with pytest.raises(SettingsWrong):
        server.settle(station, station.catalog().db)


def test_without_a_port_there_is_no_share(station, lessonbox) -> None:
    done = lessonbox("share", "serve", "--home", station.home)
    assert done.returncode == 31
