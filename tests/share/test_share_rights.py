"""Who gets into which folder of the share, and what lies there of what was sent."""

from __future__ import annotations

import os
import subprocess

import pytest

from appliance.share import accounts
from tests.share.conftest import School, needs_samba

pytestmark = [needs_samba, pytest.mark.root]


def test_without_the_code_or_in_another_schools_folder_nothing_opens(school, share, tmp_path) -> None:
    other = share.school("示例二小")
    assert school.do("ls")[0] == 0
    code, said = school.do("ls", share="示例二小")
    assert (code, "ACCESS_DENIED" in said) == (1, True)
    wrong = School(share, school.name, school.account, "1-2222-2222-2222")
    assert "LOGON_FAILURE" in wrong.do("ls")[1]
    for nobody in ("", "guest", "lessonbox-share", "root"):
        said = School(share, school.name, nobody, "").do("ls")[1]
        assert "LOGON_FAILURE" in said or "ACCESS_DENIED" in said, nobody
    listed = other.do("", share="")[1]
    assert listed == ""


def test_a_school_sees_only_its_own_share_in_the_list(school, share) -> None:
    share.school("示例二小")
    words = ["smbclient", "-L", "//127.0.0.1", "-p", str(share.port), "-g", "-U", f"{school.account}%{school.code}"]
    said = subprocess.run(words, capture_output=True, text=True, timeout=30).stdout
    assert [line.split("|")[1] for line in said.splitlines() if line.startswith("Disk|")] == ["示例一小"]


def test_a_new_code_holds_at_once_and_a_revoked_one_no_more(school, share) -> None:
    number = int(school.account.removeprefix("school"))
    accounts.give(share.station, number, "1-9999-9999-9999")
    assert "LOGON_FAILURE" in school.do("ls")[1]
    assert School(share, school.name, school.account, "1-9999-9999-9999").do("ls")[0] == 0
    accounts.take_away(share.station, number)
    assert "LOGON_FAILURE" in School(share, school.name, school.account, "1-9999-9999-9999").do("ls")[1]


def test_links_and_old_protocols_lead_nowhere(school, share, tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (school.folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (school.folder / "away").symlink_to(tmp_path)
    assert "secret" not in school.do("get link.txt -")[1]
    assert school.do('get "away/secret.txt" -')[0] == 1
    assert school.do('get "../../../station.toml" -')[0] == 1
    old = school.words("-m", "NT1", "--option=client min protocol=NT1", "-c", "ls")
    assert subprocess.run(old, capture_output=True, timeout=30).returncode == 1


def test_written_files_belong_to_the_intake_and_carry_no_attribute(school, share, tmp_path) -> None:
    """Only the owner of a file may ask the kernel whether somebody writes it."""
    (tmp_path / "a").write_bytes(b"plan")
    school.do(f'put "{tmp_path}/a" "教案.txt"')
    path = school.folder / "教案.txt"
    owner = share.station.folder("drops/lan").stat()
    assert (path.stat().st_uid, path.stat().st_gid, oct(path.stat().st_mode)[-3:]) == (
        owner.st_uid,
        owner.st_gid,
        "640",
    )
    assert os.listxattr(path) == []
