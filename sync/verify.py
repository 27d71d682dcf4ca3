"""Is this bundle what its station sealed? Bounded work, in this order, ending at the first step with a problem:

1. signature      over the tag manifest, by a key that the list of signers knows
2. tag manifest   every tag file present and unchanged; the chain names the signer's own station
3. names          nothing extra, missing, linked or oddly named
4. sizes          each as registered, all within bounds; only then is anything large read
5. hashes         of every payload file

Reads regular files only, never follows a link, never writes. Needs no station.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync import bag, chain_document, codes, profile, sshsig
from sync.chain_document import Link
from sync.profile import Violation
from sync.signers import Signers


@dataclass(frozen=True)
class Problem:
    code: str
    path: str = ""

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "path": self.path, "says": codes.SAYS[self.code]}


@dataclass(frozen=True)
class Verification:
    """`tag`: SHA-256 of the tag manifest, the bundle's own name everywhere. `link` is None when unreadable."""

    problems: tuple[Problem, ...]
    link: Link | None = None
    tag: str = ""
    chain: dict[str, Any] = field(default_factory=dict)
    submission: dict[str, Any] = field(default_factory=dict)
    manifest: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def code(self) -> str:
        return self.problems[0].code if self.problems else "OK"

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok, "code": self.code, "station": self.link.station if self.link else "",
            "seq": self.link.seq if self.link else 0, "lesson": self.link.lesson if self.link else "",
            "version": self.link.version if self.link else 0, "problems": [p.as_json() for p in self.problems],
        }  # fmt: skip


@dataclass
class _Reading:
    root: Path
    signers: Signers
    principal: str | None
    allowed: set[str] = field(default_factory=set)
    tag_manifest: bytes = b""
    tags: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    link: Link | None = None
    chain: dict[str, Any] = field(default_factory=dict)
    submission: dict[str, Any] = field(default_factory=dict)
    manifest: dict[str, str] = field(default_factory=dict)


def verify(bundle: Path, signers: Signers, principal: str | None = None) -> Verification:
    """`principal`: whose bundle it must be (`county-640502`); None: anybody's on the list."""
    reading = _Reading(bundle, signers, principal)
    problems: list[Problem] = []
    for step in STEPS:
        try:
            problems = step(reading)
        except Violation as violation:
            problems = [Problem(violation.code, violation.path)]
        except OSError as error:
            problems = [Problem("READ", Path(error.filename or "").name)]
        if problems:
            break
    tag = bag.digest(reading.tag_manifest) if reading.tag_manifest else ""
    return Verification(tuple(problems), reading.link, tag, reading.chain, reading.submission, reading.manifest)


def _signature(reading: _Reading) -> list[Problem]:
    signature = bag.small(reading.root, profile.SIGNATURE, sshsig.LARGEST, absent="NO-SIGNATURE")
    reading.tag_manifest = bag.small(reading.root, profile.TAG_MANIFEST, 1 << 16, absent="TAG-FILES")
    try:
        signed = sshsig.verify(signature, reading.tag_manifest, sshsig.BUNDLE)
    except sshsig.BadSignature:
        return [Problem("BAD-SIGNATURE", profile.SIGNATURE)]
    reading.allowed = reading.signers.principals(signed.key, sshsig.BUNDLE)
    return [] if reading.allowed else [Problem("UNKNOWN-SIGNER", profile.SIGNATURE)]


def _tag_manifest(reading: _Reading) -> list[Problem]:
    listed = profile.manifest(reading.tag_manifest)
    if set(listed) != set(profile.TAG_FILES):
        return [Problem("TAG-FILES", profile.TAG_MANIFEST)]
    for name in profile.TAG_FILES:
        reading.tags[name] = bag.small(reading.root, name, profile.LARGEST_TAG, absent="TAG-FILES")
        if bag.digest(reading.tags[name]) != listed[name]:
            return [Problem("TAG-CHANGED", name)]
    if reading.tags["bagit.txt"] != profile.BAGIT_TXT:
        return [Problem("BAGIT", "bagit.txt")]
    reading.link, reading.chain = chain_document.read(reading.tags["chain.json"])
    reading.submission = chain_document.json_of(reading.tags["submission.json"], "submission.json")
    reading.manifest = profile.manifest(reading.tags["manifest-sha256.txt"])
    ours = reading.link.principal in reading.allowed and reading.principal in (None, reading.link.principal)
    return [] if ours else [Problem("WRONG-STATION", "chain.json")]


def _names(reading: _Reading) -> list[Problem]:
    problems = [Problem(code, path) for path in reading.manifest if (code := _manifest_name(path))]
    if problems:
        return problems
    reading.sizes, found = bag.walk(reading.root)
    problems = [Problem(code, path) for code, path in found]
    problems += [Problem("MISSING", path) for path in sorted(set(reading.manifest) - set(reading.sizes))]
    extra = set(reading.sizes) - set(reading.manifest) - profile.ROOT_FILES
    problems += [Problem(_extra_code(path), path) for path in sorted(extra)]
    problems += [Problem("NAME-CASE", path) for path in profile.case_clashes(reading.sizes)]
    return problems


def _manifest_name(path: str) -> str | None:
    """A payload path that leaves `data/` is refused even when it names a file that exists (`../bag_evil/x`)."""
    return profile.name_problem(path) or (None if path.startswith("data/") else "NAME-PATH")


def _extra_code(path: str) -> str:
    if path == "fetch.txt":
        return "FETCH"
    return "ALGORITHM" if path.startswith(("manifest-", "tagmanifest-")) else "EXTRA"


def _sizes(reading: _Reading) -> list[Problem]:
    registered = _registered(reading.submission)
    if {path: digest for path, (_, digest) in registered.items()} != reading.manifest:
        return [Problem("JSON", "submission.json")]
    problems = [Problem("SIZE", path) for path, (size, _) in registered.items() if reading.sizes[path] != size]
    payload = sum(reading.sizes[path] for path in reading.manifest)
    if payload > profile.LARGEST_BUNDLE:
        problems.append(Problem("TOO-LARGE"))
    if not problems and profile.oxum(reading.tags["bag-info.txt"]) != (payload, len(reading.manifest)):
        problems.append(Problem("BAG-INFO", "bag-info.txt"))
    return problems


def _registered(submission: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """{path: (size, hash)} of the materials. Raises `Violation`."""
    rows = submission.get("materials")
    if not isinstance(rows, list) or not isinstance(submission.get("lesson"), dict):
        raise Violation("JSON", "submission.json")
    registered: dict[str, tuple[int, str]] = {}
    for row in rows:
        if not isinstance(row, dict) or type(row.get("path")) is not str or type(row.get("size")) is not int:
            raise Violation("JSON", "submission.json")
        if row["path"] in registered:
            raise Violation("JSON", "submission.json")
        registered[row["path"]] = (row["size"], str(row.get("sha256")))
    return registered


def _hashes(reading: _Reading) -> list[Problem]:
    digests = bag.digests(reading.root, {path: reading.sizes[path] for path in reading.manifest})
    return [Problem("CHANGED", path) for path, wanted in sorted(reading.manifest.items()) if digests[path] != wanted]


STEPS: tuple[Callable[[_Reading], list[Problem]], ...] = (_signature, _tag_manifest, _names, _sizes, _hashes)
