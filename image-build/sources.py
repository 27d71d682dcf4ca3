"""Debian's packages come from wherever the building machine gets its own: addresses taken over, the suite replaced.

`MIRROR=` in the environment names another address. No address stands in this repository.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

SUITE = "trixie"  # Debian 13
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_PLACES = ("/etc/apt/sources.list", "/etc/apt/sources.list.d")


class NoSource(Exception):
    """The building machine has no Debian source to take over."""


def lines(components: Iterable[str], mirror: str = "", texts: Iterable[str] | None = None, own: str = "") -> list[str]:
    """`deb …` lines of the image's suite. `texts`: the machine's source files; `own`: its own suite's name.

    Raises `NoSource`."""
    if mirror:
        found = [(mirror, ""), (mirror, "-updates")]
    else:
        own = own or _codename()
        found = [pair for text in (texts if texts is not None else _files()) for pair in _found(text, own)]
    if not found:
        raise NoSource("no Debian source in this machine's apt configuration: make image MIRROR=address")
    rest = " ".join(components)
    return [f"deb [signed-by={_KEYRING}] {uri} {SUITE}{pocket} {rest}" for uri, pocket in dict.fromkeys(found)]


def _found(text: str, own: str) -> Iterator[tuple[str, str]]:
    """(address, "-updates" or the like) for each line or stanza of the machine's own suite."""
    for line in re.findall(r"^deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+(\S+)\s+.*\bmain\b", text, re.M):
        yield from _of_own(line[0], [line[1]], own)
    for stanza in re.split(r"\n\s*\n", text):
        fields = dict(re.findall(r"^([A-Za-z-]+):[ \t]*(.*)$", stanza, re.M))
        if "deb" in fields.get("Types", "").split() and "main" in fields.get("Components", "").split():
            for uri in fields.get("URIs", "").split():
                yield from _of_own(uri, fields.get("Suites", "").split(), own)


def _of_own(uri: str, suites: Iterable[str], own: str) -> Iterator[tuple[str, str]]:
    for suite in suites:
        name, _, pocket = suite.partition("-")
        if name in (own, "stable") and pocket in ("", "updates", "security"):
            yield uri, f"-{pocket}" if pocket else ""


def _files() -> Iterator[str]:
    for place in map(Path, _PLACES):
        for path in [place] if place.is_file() else sorted(place.glob("*")):
            if path.suffix in (".list", ".sources"):
                yield path.read_text()


def _codename() -> str:
    release = Path("/etc/os-release").read_text()
    found = re.search(r"^VERSION_CODENAME=\"?(\w+)", release, re.M)
    return found[1] if found else SUITE


if __name__ == "__main__":
    print("\n".join(lines(("main",), os.environ.get("MIRROR", ""))))
