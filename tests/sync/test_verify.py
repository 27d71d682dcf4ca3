"""H16: our own bundle attacked. Where it says `resealed`, the attacker holds the county's own signing key."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.station import Station
from sync import bag, canonical, keys, profile, sshsig
from sync.public_keys import public_line
from sync.signers import Signer, Signers
from sync.verify import verify
from tests.sync.conftest import command

VIDEO = "data/video/lesson-1.mp4"
Attack = Callable[[Path], None]


def signers_of(station: Station) -> Signers:
    key = public_line(keys.ssh_key(station, "sign").public_key())
    return Signers((Signer("county-640502", (sshsig.BUNDLE,), key),))


def write(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def reseal(bundle: Path, key: Station) -> None:
    """Tag manifest and signature anew over whatever the bundle holds now."""
    entries = [(name, bag.digest((bundle / name).read_bytes())) for name in profile.TAG_FILES]
    write(bundle / profile.TAG_MANIFEST, profile.manifest_written(entries))
    signature = sshsig.sign(keys.ssh_key(key, "sign"), (bundle / profile.TAG_MANIFEST).read_bytes(), sshsig.BUNDLE)
    write(bundle / profile.SIGNATURE, signature)


def replace_text(name: str, old: bytes, new: bytes) -> Attack:
    def attack(bundle: Path) -> None:
        data = (bundle / name).read_bytes()
        assert old in data
        write(bundle / name, data.replace(old, new, 1))

    return attack


def list_also(path: str, *, submit: bool = True) -> Attack:
    """Adds a payload path to the manifest (and to the materials), as one who may sign can."""

    def attack(bundle: Path) -> None:
        manifest = bundle / "manifest-sha256.txt"
        write(manifest, manifest.read_bytes() + f"{bag.digest(b'evil')}  {path}\n".encode())
        if submit:
            submission = json.loads((bundle / "submission.json").read_bytes())
            row = {"path": path, "size": 4, "sha256": bag.digest(b"evil"), "role": "other", "period": 1, "name": "x"}
            submission["materials"].append(row)
            write(bundle / "submission.json", canonical.pretty(submission))

    return attack


def evil_neighbour(bundle: Path) -> None:
    """The path that bagit-python takes as inside the bag."""
    (bundle.parent / "v1_evil").mkdir()
    (bundle.parent / "v1_evil/x").write_bytes(b"evil")
    list_also("../v1_evil/x")(bundle)


def with_file(path: str) -> Attack:
    def attack(bundle: Path) -> None:
        (bundle / path).parent.mkdir(parents=True, exist_ok=True)
        (bundle / path).write_bytes(b"evil")
        list_also(path)(bundle)

    return attack


def flip_video(bundle: Path) -> None:
    data = bytearray((bundle / VIDEO).read_bytes())
    data[1000] ^= 1
    write(bundle / VIDEO, bytes(data))


def as_link(bundle: Path) -> None:
    (bundle / VIDEO).rename(bundle.parent / "outside.mp4")
    (bundle / VIDEO).symlink_to(bundle.parent / "outside.mp4")


def as_folder_link(bundle: Path) -> None:
    (bundle / "data/video").rename(bundle.parent / "video")
    (bundle / "data/video").symlink_to(bundle.parent / "video")


def as_hard_link(bundle: Path) -> None:
    os.link(bundle / VIDEO, bundle.parent / "outside.mp4")


def as_fifo(bundle: Path) -> None:
    (bundle / VIDEO).unlink()
    os.mkfifo(bundle / VIDEO)


def signature_fifo(bundle: Path) -> None:
    (bundle / profile.SIGNATURE).unlink()
    os.mkfifo(bundle / profile.SIGNATURE)


def remove(path: str) -> Attack:
    return lambda bundle: (bundle / path).unlink()


def add(path: str, data: bytes = b"evil") -> Attack:
    return lambda bundle: write(bundle / path, data)


def grow_video(bundle: Path) -> None:
    write(bundle / VIDEO, (bundle / VIDEO).read_bytes() + b"x")


def raw_name(bundle: Path) -> None:
    (Path(os.fsdecode(os.fsencode(bundle) + b"/data/\xff"))).write_bytes(b"evil")


def drop_from_manifest(bundle: Path) -> None:
    lines = (bundle / "manifest-sha256.txt").read_bytes().splitlines(keepends=True)
    write(bundle / "manifest-sha256.txt", b"".join(lines[:-1]))


def list_twice(bundle: Path) -> None:
    data = (bundle / "manifest-sha256.txt").read_bytes()
    write(bundle / "manifest-sha256.txt", data + data.splitlines(keepends=True)[0])


ATTACKS: dict[str, tuple[Attack, bool, str]] = {
    "changed": (flip_video, False, "CHANGED"),
    "grown": (grow_video, False, "SIZE"),
    "missing": (remove(VIDEO), False, "MISSING"),
    "extra payload": (add("data/docs/extra.docx"), False, "EXTRA"),
    "extra at the root": (add("readme.txt"), False, "EXTRA"),
    "fetch": (add("fetch.txt"), False, "FETCH"),
    "another algorithm": (add("manifest-md5.txt"), False, "ALGORITHM"),
    "unsigned": (remove(profile.SIGNATURE), False, "NO-SIGNATURE"),
    "signature of rubbish": (add(profile.SIGNATURE), False, "BAD-SIGNATURE"),
    "signature is a fifo": (signature_fifo, False, "SPECIAL"),
    "tag manifest changed": (replace_text(profile.TAG_MANIFEST, b"bagit", b"bagot"), False, "BAD-SIGNATURE"),
    "tag file changed": (replace_text("submission.json", "教师甲".encode(), "教师乙".encode()), False, "TAG-CHANGED"),
    "tag file missing": (remove("chain.json"), False, "TAG-FILES"),
    "symbolic link": (as_link, False, "LINK"),
    "folder is a link": (as_folder_link, False, "LINK"),
    "second hard link": (as_hard_link, False, "HARDLINK"),
    "fifo": (as_fifo, False, "SPECIAL"),
    "name is not UTF-8": (raw_name, False, "NAME-ENCODING"),
    "path escapes, resealed": (evil_neighbour, True, "NAME-PATH"),
    "absolute path, resealed": (list_also("/etc/hostname"), True, "NAME-PATH"),
    "tag file as payload, resealed": (list_also("bagit.txt"), True, "NAME-PATH"),
    "listed twice, resealed": (list_twice, True, "DUPLICATE"),
    "not listed, resealed": (drop_from_manifest, True, "EXTRA"),
    "listed and absent, resealed": (list_also("data/x"), True, "MISSING"),
    "case clash, resealed": (with_file("data/docs/PLAN-1.docx"), True, "NAME-CASE"),
    "percent, resealed": (with_file("data/a%0A"), True, "NAME-CHAR"),
    "trailing dot, resealed": (with_file("data/a."), True, "NAME-END"),
    "not NFC, resealed": (with_file("data/e\u0301"), True, "NAME-NFC"),
    "too long, resealed": (with_file("data/" + "课" * 66), True, "NAME-LONG"),
    "not registered, resealed": (list_also("data/x", submit=False), True, "MISSING"),
    "bagit 0.97, resealed": (replace_text("bagit.txt", b"1.0", b"0.97"), True, "BAGIT"),
    "oxum lies, resealed": (replace_text("bag-info.txt", b"Payload-Oxum: ", b"Payload-Oxum: 9"), True, "BAG-INFO"),
    "key twice, resealed": (replace_text("chain.json", b"{", b'{"seq": 7,'), True, "JSON-KEY"),
    "no JSON, resealed": (add("submission.json", b"[1]"), True, "JSON"),
    "endless nesting, resealed": (add("submission.json", b'{"a":' * 100_000), True, "JSON"),
    "another station, resealed": (replace_text("chain.json", b'"640502"', b'"640503"'), True, "JSON"),
    "seq 0, resealed": (replace_text("chain.json", b'"seq": 1', b'"seq": 0'), True, "JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.fault("H16")
def test_an_attacked_bundle_is_refused_with_the_code(name: str, county: Station, sealed: Path) -> None:
    attack, resealed, code = ATTACKS[name]
    assert verify(sealed, signers_of(county)).code == "OK"
    attack(sealed)
    if resealed:
        reseal(sealed, county)
    found = verify(sealed, signers_of(county))
    assert (found.ok, found.code) == (False, code)


@pytest.mark.fault("H16")
def test_bagit_python_accepts_the_escaping_path_that_we_refuse(county: Station, sealed: Path) -> None:
    evil_neighbour(sealed)
    reseal(sealed, county)
    stock = subprocess.run([sys.executable, "-m", "bagit", "--validate", str(sealed)], capture_output=True)
    assert (stock.returncode, verify(sealed, signers_of(county)).code) == (0, "NAME-PATH")


@pytest.mark.fault("H16")
def test_a_bundle_of_an_unknown_signer_is_refused(county: Station, city: Station, sealed: Path) -> None:
    assert verify(sealed, signers_of(city)).code == "UNKNOWN-SIGNER"


@pytest.mark.fault("H16")
def test_one_county_cannot_sign_for_another(county: Station, sealed: Path) -> None:
    row = signers_of(county).rows[0]
    other = Signers((Signer("county-640503", row.namespaces, row.key),))
    assert verify(sealed, other).code == "WRONG-STATION"
    assert verify(sealed, signers_of(county), "county-640503").code == "WRONG-STATION"


def test_a_key_for_receipts_does_not_sign_bundles(county: Station, sealed: Path) -> None:
    row = signers_of(county).rows[0]
    assert verify(sealed, Signers((Signer(row.principal, (sshsig.RECEIPT,), row.key),))).code == "UNKNOWN-SIGNER"


@pytest.mark.parametrize("clock", ["@1970-01-02 00:00:00", "@2038-01-20 00:00:00"])
@pytest.mark.fault("F8")
def test_a_good_bundle_is_accepted_whatever_the_clock_says(county: Station, sealed: Path, clock: str) -> None:
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        pytest.skip("libfaketime is not installed")
    signers = sealed.parents[1] / "signers"
    signers.write_text(signers_of(county).rows[0].line() + "\n")
    env = os.environ | {"LD_PRELOAD": str(library), "FAKETIME": clock}
    words = [sys.executable, "-m", "appliance.cli", "verify", str(sealed), "--signers", str(signers), "--json"]
    done = subprocess.run(words, env=env, capture_output=True, text=True)
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True)


def test_verify_needs_no_home_and_answers_in_the_documented_words(
    county: Station, sealed: Path, tmp_path: Path
) -> None:
    (tmp_path / "signers").write_text(signers_of(county).rows[0].line() + "\n")
    words = ["verify", str(sealed), "--signers", str(tmp_path / "signers"), "--home", str(tmp_path / "none"), "--json"]
    good = command(*words)
    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout) == {
        "ok": True, "code": "OK", "station": "640502", "seq": 1, "lesson": "640502-00001", "version": 1, "problems": [],
    }  # fmt: skip
    flip_video(sealed)
    bad = command(*words)
    assert bad.returncode == 13
    assert json.loads(bad.stdout)["problems"] == [{"code": "CHANGED", "path": VIDEO, "says": "文件内容与清单不符"}]
    assert command(*words[:2], "--home", str(tmp_path / "none")).returncode == 11


def test_a_copy_elsewhere_verifies_as_well(county: Station, sealed: Path, tmp_path: Path) -> None:
    shutil.copytree(sealed, tmp_path / "stick/v1")
    assert verify(tmp_path / "stick/v1", signers_of(county)).ok
