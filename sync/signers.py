"""Whose signature counts: OpenSSH's `allowed_signers` file, so that stock tools read the same list.

One line a key: `county-640502 namespaces="lesson-bundle@v1" ssh-ed25519 AAAA…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from appliance.errors import BadBundle

PRINCIPAL = re.compile(r"(county|city|province)-[0-9A-Za-z]{1,20}\Z")
_LINE = re.compile(r'(?P<who>\S+)(?: namespaces="(?P<spaces>[^"]*)")?\s+(?P<key>ssh-ed25519 [A-Za-z0-9+/=]+)')


@dataclass(frozen=True)
class Signer:
    principal: str
    namespaces: tuple[str, ...]  # empty: any
    key: str

    def line(self) -> str:
        return f'{self.principal} namespaces="{",".join(self.namespaces)}" {self.key}'


@dataclass(frozen=True)
class Signers:
    rows: tuple[Signer, ...]

    def principals(self, key: str, namespace: str) -> set[str]:
        return {
            row.principal for row in self.rows
            if row.key == key and (not row.namespaces or namespace in row.namespaces)
        }  # fmt: skip


def read(path: Path) -> Signers:
    """Raises `BadBundle` (code SIGNERS) for a line that is not understood: half a list of trust is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadBundle(f"读不到可信签名人名单 {path.name}", code="SIGNERS") from error
    return Signers(tuple(_signer(line) for line in lines if line.strip() and not line.startswith("#")))


def written(signers: Iterable[Signer]) -> bytes:
    return "".join(f"{signer.line()}\n" for signer in signers).encode()


def _signer(line: str) -> Signer:
    found = _LINE.match(line)
    if found is None:
        raise BadBundle("可信签名人名单里有读不懂的一行", code="SIGNERS")
    spaces = tuple(space for space in (found["spaces"] or "").split(",") if space)
    return Signer(found["who"], spaces, found["key"])
