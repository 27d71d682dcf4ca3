"""F9 and F10 over the wire: a real smbd, real clients that are slow, die, preallocate, rename; who may see what."""

from __future__ import annotations

import hashlib
import os

import pytest
import smbclient

from appliance.catalog import Catalog
from appliance.intake.rounds import Intake
from tests import invariants
from tests.intake.conftest import Hands, fates, lay, shown
from tests.intake.test_rounds import whole_video
from tests.share.conftest import Share, needs_samba, reached, released, send

pytestmark = [needs_samba, pytest.mark.root]

LESSON = "三年级数学《分数的初步认识》教师甲"


@pytest.fixture
def catalog(share: Share) -> Catalog:
    return share.station.catalog()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def settled(share: Share, catalog: Catalog, hands: Hands):
    intake = Intake(share.station, catalog, now=hands)

    def rounds() -> list[int]:
        first, _ = intake.round()
        hands.at += 30  # whatever was in trouble is tried again
        second, _ = intake.round()
        hands.at += share.station.settings.quiet_seconds
        return first + second + intake.round()[0]

    return rounds


def test_a_folder_copied_to_the_share_is_received_with_its_school(school, share, catalog, settled, tmp_path) -> None:
    lay(tmp_path / "pc", {f"{LESSON}/教学设计.txt": b"plan", f"{LESSON}/素材/𬱖 㛃.bin": os.urandom(3_000_000)})
    before = invariants.tree(tmp_path / "pc")
    assert school.do("recurse on; prompt off; mput *", cwd=tmp_path / "pc")[0] == 0
    assert settled() == [1]
    assert [(row["name"], row["sha256"]) for row in catalog.db.query("select * from entry order by name")] == sorted(
        before.items()
    )
    (row,) = catalog.db.query("select kind, school from delivery")
    assert row == {"kind": "lan", "school": "示例一小"}
    assert settled() == []
    invariants.check(share.station)


@pytest.mark.fault("F9")
def test_while_a_slow_copy_goes_on_nothing_is_taken(school, share, catalog, settled) -> None:
    video = whole_video()
    client = school.slowly("微课视频.mp4")
    send(client, video[: len(video) // 2])
    assert (settled(), settled()) == ([], [])
    assert shown(catalog)[0][:3] == ("示例一小", "settling", "还在写入：微课视频.mp4")
    send(client, video[len(video) // 2 :])
    client.stdin.close()
    assert client.wait(15) == 0
    assert settled() == [1]
    assert fates(catalog, 1) == {"微课视频.mp4": ("stored", "")}
    assert catalog.db.execute("select sha256 from entry").fetchone()[0] == hashlib.sha256(video).hexdigest()
    invariants.check(share.station)


@pytest.mark.fault("F9")
def test_a_client_killed_at_12_percent_leaves_an_incomplete_video_that_a_second_copy_replaces(
    school, share, catalog, settled, tmp_path
) -> None:
    video = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + (400_000_000).to_bytes(4, "big") + b"mdat" + b"\x55" * 48_000_000
    path = school.folder / "微课视频.mp4"
    client = school.smbclient_from_a_pipe("微课视频.mp4")
    client.stdin.write(video)
    client.stdin.flush()
    reached(path, 16_000_000)
    assert settled() == []
    client.kill()
    client.wait()
    client.stdin.close()
    released(path)
    assert 0 < path.stat().st_size <= len(video)
    assert settled() == [1]
    fate, reason = fates(catalog, 1)["微课视频.mp4"]
    assert (fate, "不完整" in reason or "没有" in reason or "只" in reason) == ("quarantined", True), reason
    (tmp_path / "whole.mp4").write_bytes(whole_video())
    assert school.do(f'put "{tmp_path}/whole.mp4" "微课视频.mp4"')[0] == 0
    assert settled() == [2]
    assert fates(catalog, 2) == {"微课视频.mp4": ("stored", "")}
    invariants.check(share.station)


@pytest.mark.fault("F9")
def test_preallocated_then_aborted_is_not_taken_while_open_and_incomplete_afterwards(
    school, share, catalog, settled
) -> None:
    """Windows sets a file's full length before the first byte: a size says nothing."""
    host = "127.0.0.1"
    smbclient.register_session(host, username=school.account, password=school.code, port=share.port)
    name = rf"\\{host}\示例一小\微课视频.mp4"
    size = 5_000_000
    with smbclient.open_file(name, mode="wb", port=share.port, buffering=0) as file:
        file.truncate(size)
        file.write(b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + (4_900_000).to_bytes(4, "big") + b"mdat" + b"\x55" * 300_000)
        assert (school.folder / "微课视频.mp4").stat().st_size == size
        assert (settled(), settled()) == ([], [])
    smbclient.reset_connection_cache(fail_on_error=False)
    released(school.folder / "微课视频.mp4")
    assert settled() == [1]
    assert fates(catalog, 1)["微课视频.mp4"][0] == "quarantined"
    invariants.check(share.station)


@pytest.mark.fault("F9")
def test_a_rename_into_place_is_taken_under_its_last_name(school, share, catalog, settled, tmp_path) -> None:
    """As careful programs copy: a temporary name, then the real one."""
    (tmp_path / "video").write_bytes(whole_video())
    assert school.do(f'put "{tmp_path}/video" "微课视频.mp4.part"')[0] == 0
    assert settled() == [1]
    assert fates(catalog, 1) == {"微课视频.mp4.part": ("ignored", "没有传完的临时文件")}
    assert school.do('rename "微课视频.mp4.part" "微课视频.mp4"')[0] == 0
    assert settled() == [2]
    assert fates(catalog, 2) == {"微课视频.mp4": ("stored", "")}
    invariants.check(share.station)


def test_office_lock_files_and_clutter_are_listed_with_their_reason(school, share, catalog, settled, tmp_path) -> None:
    files = {f"{LESSON}/教学设计.txt": b"plan", f"{LESSON}/~$教学设计.docx": b"owner", f"{LESSON}/Thumbs.db": b"t",
             f"{LESSON}/._教学设计.txt": b"fork", f"{LESSON}/autorun.inf": b"[autorun]"}  # fmt: skip
    lay(tmp_path / "pc", files)
    assert school.do("recurse on; prompt off; mput *", cwd=tmp_path / "pc")[0] == 0
    assert settled() == [1]
    assert fates(catalog, 1) == {
        f"{LESSON}/教学设计.txt": ("stored", ""),
        f"{LESSON}/~$教学设计.docx": ("ignored", "文档打开时的临时文件"),
        f"{LESSON}/Thumbs.db": ("ignored", "系统缩略图"),
        f"{LESSON}/._教学设计.txt": ("ignored", "苹果系统的附属文件"),
        f"{LESSON}/autorun.inf": ("ignored", "自动运行文件，可能是病毒"),
    }
    invariants.check(share.station)


def test_two_clients_of_one_school_and_one_of_another_each_get_their_own_delivery(
    school, share, catalog, settled, tmp_path
) -> None:
    other = share.school("示例二小")
    (tmp_path / "plan.txt").write_bytes(b"plan")
    slow = school.slowly("慢.bin")
    send(slow, b"x" * 200_000)
    assert school.do(f'put "{tmp_path}/plan.txt" "快.txt"')[0] == 0
    assert other.do(f'put "{tmp_path}/plan.txt" "教案.txt"')[0] == 0
    assert settled() == [1, 2]
    slow.stdin.close()
    slow.wait(15)
    assert settled() == [3]
    rows = [
        (row["school"], *fates(catalog, row["no"])) for row in catalog.db.query("select * from delivery order by no")
    ]
    assert sorted(rows) == [("示例一小", "快.txt"), ("示例一小", "慢.bin"), ("示例二小", "教案.txt")]
    invariants.check(share.station)


@pytest.mark.fault("F10")
def test_a_file_that_a_client_changes_after_it_settled_is_taken_again(
    school, share, catalog, settled, tmp_path
) -> None:
    (tmp_path / "a").write_bytes(b"plan")
    (tmp_path / "b").write_bytes(b"plan, mended")
    school.do(f'put "{tmp_path}/a" "教案.txt"')
    assert settled() == [1]
    school.do(f'put "{tmp_path}/b" "教案.txt"')
    assert settled() == [2]
    last = catalog.db.execute("select sha256 from entry order by id desc limit 1").fetchone()[0]
    assert last == hashlib.sha256(b"plan, mended").hexdigest()
    invariants.check(share.station)
