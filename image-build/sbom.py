"""The list of everything in a root, in CycloneDX's JSON: Debian packages from dpkg's status, Python's from METADATA.

In order of name, without time and serial number: the same root gives the same list.
"""

from __future__ import annotations

import email
import json
from collections.abc import Iterator
from pathlib import Path

import python_env


def text(tree: Path, version: str) -> str:
    components = [*debian(tree), *python(tree)]
    whole = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "operating-system", "name": "lessonbox", "version": version}},
        "components": components,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def debian(tree: Path) -> list[dict]:
    stanzas = (tree / "var/lib/dpkg/status").read_text().split("\n\n")
    found = [email.message_from_string(stanza.strip("\n")) for stanza in stanzas if stanza.strip()]
    installed = [each for each in found if each["Status"] == "install ok installed"]
    rows = [_row("deb/debian", each["Package"], each["Version"], f"?arch={each['Architecture']}") for each in installed]
    return sorted(rows, key=lambda row: row["purl"])


def python(tree: Path) -> list[dict]:
    rows = [_row("pypi", each["Name"], each["Version"]) for each in _metadata(tree)]
    return sorted(rows, key=lambda row: row["purl"])


def _metadata(tree: Path) -> Iterator[email.message.Message]:
    packages = tree / python_env.PLACE / "lib" / f"python{python_env.PYTHON}" / "site-packages"
    for path in sorted(packages.glob("*.dist-info/METADATA")):
        yield email.message_from_string(path.read_text())


def _row(kind: str, name: str, version: str, more: str = "") -> dict:
    return {"type": "library", "name": name, "version": version, "purl": f"pkg:{kind}/{name}@{version}{more}"}
