"""Whole or not, from structure alone, on real files and hostile sizes."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from appliance.probes.container import Whole, whole


def test_a_real_film_is_whole_with_its_index_first_or_last(make_video) -> None:
    first = make_video("fast.mp4", options=("-movflags", "+faststart"))
    assert (whole(make_video()), whole(first)) == (Whole(True), Whole(True))


@pytest.mark.parametrize("share", [0.001, 0.01, 0.5, 0.999])
@pytest.mark.parametrize("options", [(), ("-movflags", "+faststart")], ids=["moov last", "moov first"])
@pytest.mark.fault("H9")
def test_a_cut_film_is_never_whole(make_video, tmp_path: Path, share: float, options: tuple[str, ...]) -> None:
    data = make_video(f"cut{len(options)}.mp4", options=options).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(data[: max(1, int(len(data) * share))])
    assert whole(cut).ok is (cut.stat().st_size < 8)  # under 8 bytes nothing tells that it was a film


@pytest.mark.fault("H9")
def test_a_film_with_a_zero_tail_is_not_whole(make_video, tmp_path: Path) -> None:
    data = make_video("fast.mp4", options=("-movflags", "+faststart")).read_bytes()
    zeroed = tmp_path / "zeroed.mp4"
    zeroed.write_bytes(data[: -100 * 1024] + bytes(100 * 1024))
    assert whole(zeroed) == Whole(False, "视频末尾是空数据，多半没有拷完")


def test_space_reserved_and_not_filled_is_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(bytes(200_000))
    assert whole(path) == Whole(False, "文件开头全是空数据，多半没有拷完")


@pytest.mark.parametrize("size", [0, 1, 2, 7, 0xFFFFFFFF], ids=str)
@pytest.mark.fault("H9")
def test_hostile_box_sizes_end_quickly_and_are_never_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(
        struct.pack(">I4s", 16, b"ftyp") + b"isom\0\0\0\0" + struct.pack(">I4s", size, b"mdat") + bytes(64)
    )
    assert whole(path).ok is False


@pytest.mark.fault("H9")
def test_a_64_bit_size_beyond_all_disks_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(struct.pack(">I4sQ", 1, b"mdat", 1 << 63) + bytes(64))
    assert whole(path) == Whole(False, "视频结构损坏，长度写得不对")


def test_a_docx_is_whole_and_cut_it_is_not(make_docx, tmp_path: Path) -> None:
    path = make_docx("<w:p><w:r><w:t>教学目标</w:t></w:r></w:p>")
    cut = tmp_path / "cut.docx"
    cut.write_bytes(path.read_bytes()[:-30])
    assert (whole(path), whole(cut)) == (Whole(True), Whole(False, "压缩包或文档不完整，缺少结尾，多半没有拷完"))


def test_an_empty_file_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "a.docx").touch()
    assert whole(tmp_path / "a.docx") == Whole(False, "文件是空的，0 字节")


@pytest.mark.fault("H12")
def test_pipes_and_links_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "link.mp4").symlink_to("/etc/passwd")
    for name in ("pipe.mp4", "link.mp4"):
        with pytest.raises(OSError, match="不是普通文件"):
            whole(tmp_path / name)
