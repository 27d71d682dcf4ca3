"""7z as 7-Zip makes it, rar by the description of the format, tar: the same promises as for zip."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.catalog import Catalog
from appliance.intake.archives import frames
from appliance.intake.archives.limits import DAMAGED, Limits, Refused
from appliance.intake.archives.rar_directory import sums
from appliance.intake.parcel import Parcel
from appliance.intake.receive import receive
from appliance.intake.unpack import unpack_all
from appliance.station import Station
from tests import invariants
from tests.intake.conftest import Files, fates, lay, zipped
from tests.samples import rar_maker as rar

SEVEN = shutil.which("7zz") or shutil.which("7z") or ""
seven_zip = pytest.mark.skipif(not SEVEN, reason="7-Zip makes the samples: make packages-dev")
Fates = dict[str, tuple[str, str]]
HandIn = Callable[..., Fates]
LESSON = {"分数/教案.docx": b"plan", "分数/微课.txt": b"text" * 999}


@pytest.fixture
def hand_in(station: Station, catalog: Catalog, tmp_path: Path) -> HandIn:
    """Hands in one archive, unpacks it, and returns its fates; the box must be whole afterwards."""

    def taken(name: str, archive: bytes, limits: Limits | None = None) -> Fates:
        stick = lay(tmp_path / "stick", {name: archive})
        no = receive(station, catalog, Parcel("usb", "U 盘", stick))
        unpack_all(station, catalog, no, limits)
        invariants.check(station, stick, {name: sha256(archive).hexdigest()})
        return fates(catalog, no)

    return taken


@pytest.fixture
def packed(tmp_path: Path) -> Callable[..., bytes]:
    """7z of some files, by 7-Zip itself."""

    def seven(files: Files, *options: str) -> bytes:
        place, target = lay(tmp_path / "packing", files), tmp_path / "made.7z"
        command = [SEVEN, "a", "-bd", "-y", *options, target, *sorted({name.split("/")[0] for name in files})]
        subprocess.run(command, cwd=place, check=True, capture_output=True)
        shutil.rmtree(place)
        return target.read_bytes()

    return seven


def tarred(member: tarfile.TarInfo, content: bytes = b"", mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def whole(archive: str) -> Fates:
    return {archive: ("stored", "已解压，内有 2 个文件")} | {f"课/{name}": ("stored", "") for name in LESSON}


@seven_zip
@pytest.mark.parametrize("method", ["-m0=lzma2", "-m0=lzma", "-m0=bzip2", "-m0=ppmd", "-m0=deflate", "-m0=copy"])
def test_a_7z_of_each_method_becomes_files_under_their_names(hand_in: HandIn, packed, method: str) -> None:  # type: ignore[no-untyped-def]
    assert hand_in("课.7z", packed(LESSON, method)) == whole("课.7z")


def test_a_rar_of_either_generation_becomes_files_under_their_names(hand_in: HandIn, station: Station) -> None:
    assert hand_in("课.rar", rar.rar5(LESSON)) == whole("课.rar")
    assert station.store().path(sha256(b"plan").hexdigest()).read_bytes() == b"plan"


@pytest.mark.fault("H4")
def test_a_rar_from_windows_has_its_gbk_names_read(hand_in: HandIn) -> None:
    given = {name.encode("gb18030"): content for name, content in LESSON.items()}
    assert hand_in("课.rar", rar.rar4(given)) == whole("课.rar")


@pytest.mark.parametrize("name, mode", [("课.tar", "w"), ("课.tar.gz", "w:gz"), ("课.tgz", "w:gz")])
def test_a_tar_is_opened_too(hand_in: HandIn, name: str, mode: str) -> None:
    archive = tarred(tarfile.TarInfo("教案.docx"), b"plan", mode)
    assert hand_in(name, archive) == {name: ("stored", "已解压，内有 1 个文件"), "课/教案.docx": ("stored", "")}


@pytest.mark.fault("H8")
def test_a_rar_that_is_called_zip_is_opened_by_what_it_is(hand_in: HandIn) -> None:
    assert hand_in("课.zip", rar.rar5(LESSON)) == whole("课.zip")


@seven_zip
@pytest.mark.fault("H2")
def test_an_archive_in_a_7z_is_opened_and_a_third_one_refused(hand_in: HandIn, packed) -> None:  # type: ignore[no-untyped-def]
    third = rar.rar5({"教案.docx": b"plan"})
    assert hand_in("课.7z", packed({"乙.zip": zipped({"丙.rar": third})})) == {
        "课.7z": ("stored", "已解压，内有 1 个文件"),
        "课/乙.zip": ("stored", "已解压，内有 1 个文件"),
        "课/乙/丙.rar": ("quarantined", "压缩包里套了超过 1 层压缩包"),
    }


PASSWORD = "压缩包有密码，请去掉密码再交"
PARTS = "分卷压缩包，请改成一个完整的 zip"


@seven_zip
@pytest.mark.parametrize("options", [["-psecret"], ["-psecret", "-mhe=on"]], ids=["contents", "names too"])
@pytest.mark.fault("H3")
def test_a_7z_with_a_password_asks_for_one_without(hand_in: HandIn, packed, options: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert hand_in("课.7z", packed(LESSON, *options)) == {"课.7z": ("quarantined", PASSWORD)}


@seven_zip
def test_the_first_part_of_a_7z_in_parts_says_that_it_is_one(hand_in: HandIn, packed) -> None:  # type: ignore[no-untyped-def]
    whole_one = packed({"大.bin": bytes(range(256)) * 400}, "-m0=copy")
    assert hand_in("课.7z.001", whole_one[:60_000]) == {"课.7z.001": ("quarantined", PARTS)}


BAD = {
    "a part of several, rar 4": ("课.rar", lambda: rar.rar4({b"a.txt": b"x"}, rar.VOLUME), PARTS),
    "a part of several, rar 5": ("课.rar", lambda: rar.rar5({"a.txt": b"x"}, 1), PARTS),
    "a later part": ("课.part2.rar", lambda: rar.rar5({"a.txt": b"x"}, 3), PARTS),
    "locked names, rar 4": ("课.rar", lambda: rar.rar4({b"a.txt": b"x"}, rar.LOCKED), PASSWORD),
    "locked names, rar 5": ("课.rar", rar.locked5, PASSWORD),
    "leads outside": ("课.rar", lambda: rar.rar5({"../外.txt": b"x"}), "压缩包里的路径不安全：'../外.txt'"),
    "a link in rar": (
        "课.rar",
        lambda: rar.rar5({"链接": b""}, link="/etc/passwd"),
        "压缩包里有链接或设备：'链接'",
    ),
    "a link in tar": ("课.tar", lambda: tarred(_special(tarfile.SYMTYPE)), "压缩包里有链接或设备：'特别的'"),
    "a hard link in tar": ("课.tar", lambda: tarred(_special(tarfile.LNKTYPE)), "压缩包里有链接或设备：'特别的'"),
    "a device in tar": ("课.tar", lambda: tarred(_special(tarfile.CHRTYPE)), "压缩包里有链接或设备：'特别的'"),
    "a pipe in tar": ("课.tar", lambda: tarred(_special(tarfile.FIFOTYPE)), "压缩包里有链接或设备：'特别的'"),
    "absolute in tar": ("课.tar", lambda: tarred(tarfile.TarInfo("/etc/x"), b"x"), "压缩包里的路径不安全：'/etc/x'"),
    "a wrong checksum, rar 4": (
        "课.rar",
        lambda: rar.rar4({b"a.txt": b"x" * 99}, damage=True),
        "压缩包已损坏：'a.txt'",
    ),
    "a wrong checksum, rar 5": ("课.rar", lambda: rar.rar5({"a.txt": b"x" * 99}, damage=True), "压缩包已损坏：'a.txt'"),
    "cut off": ("课.rar", lambda: rar.rar5({"a.txt": b"x" * 9999})[:5000], DAMAGED),
    "no archive at all": ("课.7z", lambda: b"hello" * 99, "认不出是哪一种压缩包，可能没有拷完整"),
    "the same name twice": ("课.tar", lambda: _twice(), "压缩包里有重名的文件"),
}


def _special(kind: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo("特别的")
    member.type, member.linkname = kind, "/etc/passwd"
    return member


def _twice() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for _ in range(2):
            archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    return out.getvalue()


@pytest.mark.parametrize("name, made, says", BAD.values(), ids=BAD.keys())
@pytest.mark.fault("H1", "H3")
def test_what_cannot_be_trusted_is_refused_whole_with_its_reason(hand_in: HandIn, name: str, made, says: str) -> None:  # type: ignore[no-untyped-def]
    assert hand_in(name, made()) == {name: ("quarantined", says)}


@seven_zip
@pytest.mark.fault("H2")
def test_a_bomb_ends_at_the_cap_while_it_streams_and_leaves_nothing(hand_in: HandIn, packed, station: Station) -> None:  # type: ignore[no-untyped-def]
    ((fate, says),) = hand_in("课.7z", packed({"零.bin": bytes(60_000_000)})).values()
    assert (fate, says[-9:]) == ("quarantined", "不合常理，没有解压")
    assert len(list(station.store().blobs())) == 1


@seven_zip
@pytest.mark.fault("H2")
def test_too_many_files_and_too_many_bytes_end_at_the_cap(hand_in: HandIn, packed) -> None:  # type: ignore[no-untyped-def]
    many = packed({f"{n}.txt": b"%d" % n for n in range(11)})
    assert hand_in("多.7z", many, Limits(members=10))["多.7z"][1] == "压缩包里有 11 个文件，超过 10 个"


@pytest.mark.fault("H2")
def test_a_rar_of_more_bytes_than_the_cap_is_stopped(hand_in: HandIn) -> None:
    big = rar.rar5({"大.bin": b"x" * 9000})
    assert hand_in("大.rar", big, Limits(total=5000))["大.rar"][1] == "解压后有 0.0 GB，超过 0 GB"


@pytest.mark.fault("F14")
def test_a_child_that_says_nothing_is_ended(hand_in: HandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_STALL", 0.0)
    assert hand_in("课.rar", rar.rar5(LESSON))["课.rar"] == ("quarantined", frames.SLOW)


@pytest.mark.parametrize("at", [0, 7, 9, 20, 41, 60, 100])
def test_a_flipped_byte_of_a_rar_ends_with_a_reason_or_harms_no_content(hand_in: HandIn, at: int) -> None:
    flipped = bytearray(rar.rar5({"教案.docx": b"plan" * 20}))
    flipped[at] ^= 0x41
    (first, *_) = hand_in("课.rar", bytes(flipped)).values()
    assert first == ("quarantined", first[1]) and first[1]


@pytest.mark.parametrize("form, made", [("rar", rar.rar4({b"a": b"x" * 40})), ("rar5", rar.rar5({"a": b"x" * 40}))])
@given(st.lists(st.tuples(st.integers(7, 200), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 200))
@settings(max_examples=300, deadline=None)
@pytest.mark.fault("H3")
def test_mangled_headers_of_a_rar_are_read_or_refused_and_nothing_else(
    form: str, made: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    mangled = bytearray(made)
    for at, byte in changes:
        mangled[at % len(mangled)] = byte
    content = bytes(mangled[: len(mangled) - cut % 20])
    with contextlib.suppress(Refused):
        sums(form, io.BytesIO(content), len(content), Limits())
