"""Attacks on our own bundle (H16). Where it says `resealed`, the attacker holds the county's own signing key."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from appliance.station import Station
from sync import bag, canonical, keys, profile, sshsig
from sync.public_keys import public_line
from sync.signers import Signer, Signers

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
