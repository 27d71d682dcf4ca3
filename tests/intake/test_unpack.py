from __future__ import annotations

import io
import struct
import zipfile
import zlib
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.catalog import Catalog
from appliance.intake.archives.inflate import prove
from appliance.intake.archives.limits import Limits, Refused
from appliance.intake.archives.zipped import members
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.intake.unpack import unpack_all
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import fates, half_video, lay, zipped

UNPACKED = ("stored", "已解压，内有 1 个文件")


@pytest.fixture
def unpacked(station: Station, catalog: Catalog, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Hands in one archive 课.zip, unpacks it, and returns its fates; the box must be whole afterwards."""

    def hand_in(archive: bytes, limits: Limits | None = None) -> dict[str, tuple[str, str]]:
        stick = lay(tmp_path / "stick", {"课.zip": archive})
        no = receive(station, catalog, Parcel("usb", "U 盘", stick))
        unpack_all(station, catalog, no, limits)
        invariants.check(station, stick, {"课.zip": sha256(archive).hexdigest()})
        return fates(catalog, no)

    return hand_in


def test_members_are_listed_below_the_archive_and_stored_under_their_hash(unpacked, station: Station) -> None:  # type: ignore[no-untyped-def]
    archive = zipped({"分数/教案.docx": b"plan", "分数/Thumbs.db": b"t", "分数/微课视频.mp4": half_video()})
    assert unpacked(archive) == {
        "课.zip": ("stored", "已解压，内有 3 个文件"),
        "课/分数/教案.docx": ("stored", ""),
        "课/分数/Thumbs.db": ("ignored", "系统缩略图"),
        "课/分数/微课视频.mp4": ("quarantined", "视频不完整，收到 0.0 MB，应有约 96.0 MB"),
    }
    assert station.store().path(sha256(b"plan").hexdigest()).read_bytes() == b"plan"


def test_a_folder_of_the_archives_own_name_stands_once(unpacked) -> None:  # type: ignore[no-untyped-def]
    assert unpacked(zipped({"课/教案.docx": b"plan"})) == {"课.zip": UNPACKED, "课/教案.docx": ("stored", "")}


def test_unpacking_twice_changes_nothing(unpacked, station: Station, catalog: Catalog) -> None:  # type: ignore[no-untyped-def]
    once = unpacked(zipped({"教案.docx": b"plan"}))
    unpack_all(station, catalog, 1)
    assert fates(catalog, 1) == once


@pytest.mark.fault("H2")
def test_an_archive_in_an_archive_is_unpacked_and_a_third_one_refused(unpacked) -> None:  # type: ignore[no-untyped-def]
    third = zipped({"教案.docx": b"plan"})
    assert unpacked(zipped({"乙.zip": zipped({"丙.zip": third}, zipfile.ZIP_STORED)}, zipfile.ZIP_STORED)) == {
        "课.zip": UNPACKED,
        "课/乙.zip": UNPACKED,
        "课/乙/丙.zip": ("quarantined", "压缩包里套了超过 1 层压缩包"),
    }


@pytest.mark.parametrize("name", ["课.ace", "课.docx.gz"])
def test_other_packers_are_kept_with_a_word(station: Station, catalog: Catalog, tmp_path: Path, name: str) -> None:
    no = receive(station, catalog, Parcel("usb", "U 盘", lay(tmp_path / "stick", {name: b"**ACE**"})))
    unpack_all(station, catalog, no)
    assert fates(catalog, no) == {name: ("stored", "这种压缩包打不开，请改用 zip 或文件夹再交一次")}


@pytest.mark.parametrize(
    "raw, flag, extra, name",
    [
        ("教案.docx".encode(), True, b"", "教案.docx"),
        ("教案.docx".encode("gb18030"), False, b"", "教案.docx"),
        ("教案.docx".encode(), False, b"", "教案.docx"),
        (b"jiaoan.docx", False, "7075", "教案.docx"),
        (b"jiaoan.docx", False, "7075 of another name", "jiaoan.docx"),
        (b"\x81\xff.docx", False, b"", "ü\xa0.docx"),
    ],
)
@pytest.mark.fault("H4")
def test_names_are_read_by_flag_then_field_then_likelihood(unpacked, raw: bytes, flag: bool, extra, name: str) -> None:  # type: ignore[no-untyped-def]
    if extra:
        wrong = 1 if "another" in extra else 0
        body = b"\x01" + struct.pack("<L", zlib.crc32(raw) ^ wrong) + "教案.docx".encode()
        extra = struct.pack("<HH", 0x7075, len(body)) + body
    fate = unpacked(one_member(raw, b"plan", flags=0x800 if flag else 0, extra=extra))
    doubt = "文件名的编码认不准，请核对" if name.startswith("ü") else ""
    assert fate == {"课.zip": UNPACKED, f"课/{name}": ("stored", doubt)}


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "C:\\x", "c:x", "\\\\srv\\x", "a\\..\\x", "a\0b", "a/b\\x"]
)
@pytest.mark.fault("H1")
def test_a_path_that_leads_outside_refuses_the_whole_archive(unpacked, name: str) -> None:  # type: ignore[no-untyped-def]
    assert unpacked(one_member(name.encode(), b"x")) == {"课.zip": ("quarantined", f"压缩包里的路径不安全：{name!r}")}


def refused(unpacked, archive: bytes, limits: Limits | None = None) -> str:  # type: ignore[no-untyped-def]
    fate = unpacked(archive, limits)
    assert [each[0] for each in fate.values()] == ["quarantined"]
    return fate["课.zip"][1]


@pytest.mark.fault("H1")
def test_a_link_in_an_archive_is_refused(unpacked) -> None:  # type: ignore[no-untyped-def]
    link = one_member(b"x", b"/etc/passwd", maker=3 << 8, attributes=0o120777 << 16)
    assert refused(unpacked, link) == "压缩包里有链接或设备：'x'"


@pytest.mark.fault("H3")
def test_an_encrypted_archive_asks_for_one_without_password(unpacked) -> None:  # type: ignore[no-untyped-def]
    assert refused(unpacked, one_member(b"x", b"x", flags=1)) == "压缩包有密码，请去掉密码再交"


@pytest.mark.fault("H3")
def test_an_unknown_method_names_the_way_out(unpacked) -> None:  # type: ignore[no-untyped-def]
    assert refused(unpacked, zipped({"x": b"x" * 99}, zipfile.ZIP_LZMA)) == (
        "压缩方法 14 打不开，请用系统自带的“压缩为 zip”"
    )


@pytest.mark.fault("H3")
def test_headers_that_disagree_are_refused(unpacked) -> None:  # type: ignore[no-untyped-def]
    archive = one_member(b"a.docx", b"x").replace(b"a.docx", b"b.docx", 1)
    assert refused(unpacked, archive) == "压缩包的目录与内容对不上：'a.docx'"


@pytest.mark.fault("H3")
def test_an_archive_with_two_ends_is_refused() -> None:
    plain = one_member(b"a.docx", b"x")
    two_ends = plain[:-2] + struct.pack("<H", 22) + plain[-22:]
    with pytest.raises(Refused, match="压缩包有两个结尾，内容不可信"):
        members(io.BytesIO(two_ends), len(two_ends), Limits())


@pytest.mark.fault("H3")
def test_prepended_data_is_refused(unpacked) -> None:  # type: ignore[no-untyped-def]
    assert refused(unpacked, b"MZ" + b"\0" * 99 + one_member(b"a.docx", b"x")) == (
        "压缩包前面夹带了别的数据，内容不可信"
    )


@pytest.mark.fault("H2")
def test_members_that_overlap_are_refused(unpacked) -> None:  # type: ignore[no-untyped-def]
    archive = bytearray(zipped({"a": b"1" * 50, "b": b"2" * 50}, zipfile.ZIP_STORED))
    second = archive.rindex(b"PK\x01\x02")
    archive[second + 42 : second + 46] = struct.pack("<L", 0)
    assert refused(unpacked, bytes(archive)) == "压缩包里的文件互相重叠，内容不可信"


@pytest.mark.fault("H3")
def test_the_same_name_twice_is_refused(unpacked) -> None:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        archive.writestr("a", b"1")
        archive.writestr("a", b"2")
    assert refused(unpacked, out.getvalue()) == "压缩包里有重名的文件"


@pytest.mark.fault("H2")
def test_a_bomb_is_stopped_by_its_ratio_and_the_numbers_are_told(unpacked) -> None:  # type: ignore[no-untyped-def]
    bomb = zipped({"零.bin": bytes(60_000_000)})
    assert refused(unpacked, bomb) == "压缩包 0.1 MB 解压成 60 MB，不合常理，没有解压"


@pytest.mark.fault("H2")
def test_a_member_larger_than_it_says_is_stopped_while_streaming(unpacked, station: Station) -> None:  # type: ignore[no-untyped-def]
    archive = bytearray(zipped({"零.bin": bytes(40_000_000)}))
    for at in (22, archive.rindex(b"PK\x01\x02") + 24):
        archive[at : at + 4] = struct.pack("<L", 1000)
    assert refused(unpacked, bytes(archive)) == "压缩包里写的大小不对：'零.bin'"
    assert len(list(station.store().blobs())) == 1


@pytest.mark.fault("H3")
def test_a_flipped_bit_is_seen_before_anything_is_stored(unpacked, station: Station) -> None:  # type: ignore[no-untyped-def]
    archive = zipped({"a": b"first", "b": b"second"}, zipfile.ZIP_STORED).replace(b"second", b"sekond")
    assert refused(unpacked, archive) == "压缩包已损坏：'b'"
    assert len(list(station.store().blobs())) == 1


@pytest.mark.fault("H2")
def test_too_many_members_and_too_many_bytes_are_refused(unpacked) -> None:  # type: ignore[no-untyped-def]
    archive = zipped({str(n): b"x" for n in range(11)})
    assert refused(unpacked, archive, Limits(members=10)) == "压缩包里有 11 个文件，超过 10 个"


@pytest.mark.fault("H3")
def test_every_cut_of_an_archive_is_refused_with_a_reason() -> None:
    archive = zipped({"a": b"first" * 9, "b": b"second" * 9})
    for length in range(len(archive)):
        with pytest.raises(Refused):
            members(io.BytesIO(archive[:length]), length, Limits())


def one_member(
    raw: bytes, content: bytes, flags: int = 0, extra: bytes = b"", maker: int = 0, attributes: int = 0
) -> bytes:
    """A zip as `zipfile` would not write it."""
    crc, size = zlib.crc32(content), len(content)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, flags, 0, 0, 0, crc, size, size, len(raw), len(extra))
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", maker | 20, 20, flags, 0, 0, 0, crc, size, size, len(raw), len(extra), 0, 0, 0,
        attributes, 0,
    )  # fmt: skip
    body = local + raw + extra + content
    directory = central + raw + extra
    return body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(body), 0)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=400, deadline=None)
@pytest.mark.fault("H3")
def test_a_mangled_archive_is_read_or_refused_and_nothing_else(changes: list[tuple[int, int]]) -> None:
    archive = bytearray(zipped({"教案.docx": b"first" * 9, "b": b"second" * 9}))
    for at, byte in changes:
        archive[at % len(archive)] = byte
    file = io.BytesIO(bytes(archive))
    try:
        for member in members(file, len(archive), Limits()):
            prove(file, member)
    except Refused as refusal:
        assert str(refusal)
