"""What the built root holds, and what it must not: looked at without starting it."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.image import made

pytestmark = [
    pytest.mark.slow,
    pytest.mark.image,
    pytest.mark.skipif(bool(made.not_made()), reason=made.not_made() or "-"),
]
TREE = made.TREE
LOGIN_SHELLS = ("/bin/bash", "/bin/sh", "/usr/bin/bash", "/usr/bin/sh", "/bin/dash")
# sshd runs the one forced command of a station below through its account's shell; its password is locked.
KEPT_SHELLS = {"root", "lessonbox-courier"}


def files() -> Iterator[Path]:
    for folder, _, names in os.walk(TREE):
        yield from (Path(folder) / name for name in names)


def test_nobody_has_a_password() -> None:
    rows = [line.split(":") for line in (TREE / "etc/shadow").read_text().splitlines()]
    assert [row[0] for row in rows if not row[1].startswith(("!", "*"))] == []


def test_no_account_but_those_named_has_a_shell() -> None:
    rows = [line.split(":") for line in (TREE / "etc/passwd").read_text().splitlines()]
    assert {row[0] for row in rows if row[6] in LOGIN_SHELLS} <= KEPT_SHELLS


def test_there_is_no_private_key_and_no_host_key() -> None:
    begins = re.compile(rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|AGE-SECRET-KEY-1[0-9A-Z]")
    looked_at = (path for path in files() if not path.is_symlink() and path.is_file() and path.stat().st_size < 65_536)
    found = [str(path.relative_to(TREE)) for path in looked_at if begins.search(path.read_bytes())]
    assert [
        name for name in found if not name.startswith(("usr/share/doc/", "usr/lib/python3", "opt/lessonbox/"))
    ] == []
    assert list((TREE / "etc/ssh").glob("ssh_host_*")) == []


def test_only_the_known_few_programs_may_become_root() -> None:
    found = {
        str(path.relative_to(TREE))
        for path in files()
        if not path.is_symlink() and path.lstat().st_mode & stat.S_ISUID and path.is_file()
    }
    known = {"su", "mount", "umount", "newgrp", "passwd", "chsh", "chfn", "gpasswd", "chrome-sandbox", "fusermount3",
             "ntfs-3g", "ssh-keysign", "dbus-daemon-launch-helper", "pkexec", "polkit-agent-helper-1", "unix_chkpwd"}  # fmt: skip
    assert {Path(name).name for name in found} <= known


def test_the_systems_own_servers_are_off_and_the_box_is_on() -> None:
    units = TREE / "etc/systemd/system"
    for unit in ("ssh.service", "smbd.service", "nmbd.service"):
        assert os.readlink(units / unit) == "/dev/null"
    assert (units / "multi-user.target.wants/lessonbox.target").is_symlink()


def test_the_list_of_packages_names_what_is_there() -> None:
    components = json.loads((made.OUT / "lessonbox-pc.sbom.json").read_text())["components"]
    names = {row["name"] for row in components}
    assert {"systemd", "chromium", "samba", "flask", "lessonbox"} <= {name.lower() for name in names}
    assert [row for row in components if not row["version"]] == []
    assert "://" not in (made.OUT / "lessonbox-pc.sbom.json").read_text()


def test_the_root_and_its_boot_files_hold_no_address_of_a_package_source() -> None:
    assert list((TREE / "etc/apt").glob("sources.list.d/*")) == [] and not (TREE / "etc/apt/sources.list").exists()


def test_the_box_is_named_the_same_everywhere_and_has_no_machine_id_of_its_own() -> None:
    assert (TREE / "etc/hostname").read_text().strip() == "lessonbox"
    assert (TREE / "etc/machine-id").read_text() == ""


def test_the_box_shows_the_time_of_the_country() -> None:
    assert os.readlink(TREE / "etc/localtime") == "/usr/share/zoneinfo/Asia/Shanghai"
