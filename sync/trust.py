"""The files in `<home>/trust` that OpenSSH reads. All are made anew from the catalog: it is the one list of trust.

`signers`      whose bundles count (below)          `principals`   which certificate may run what (below)
`signers-up`   whose receipts count (above)         `known_hosts`, `transport-cert.pub`   for the way up
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from appliance.catalog import peers
from appliance.station import Station
from appliance.store.files import replacing
from sync import signers, sshsig
from sync.signers import Signer, Signers

GATE = Path(__file__).parent / "reception" / "gate.py"


def write(station: Station, db: Database) -> None:
    below = peers.all_of(db, peers.BELOW)
    above = peers.all_of(db, peers.ABOVE)
    _write(station, "signers", signers.written(bundle_signers(db).rows))
    _write(station, "principals", "".join(_principal(station, row["code"]) for row in below).encode())
    for row in below:
        station.folder("incoming").joinpath(row["code"]).mkdir(mode=0o750, exist_ok=True)
        station.folder("receipts").joinpath(row["code"]).mkdir(mode=0o750, exist_ok=True)
    rows = [Signer(row["code"], (sshsig.RECEIPT,), row["document"]["sign"]) for row in above]
    _write(station, "signers-up", signers.written(rows))
    _write(station, "known_hosts", "".join(_host(row["document"]) for row in above).encode())
    for row in above:
        _write(station, f"transport-cert-{row['code']}.pub", row["document"]["certificate"].encode() + b"\n")


def bundle_signers(db: Database) -> Signers:
    """Whose bundles this station takes."""
    below = peers.all_of(db, peers.BELOW)
    return Signers(tuple(Signer(row["code"], (sshsig.BUNDLE,), row["document"]["sign"]) for row in below))


def _principal(station: Station, code: str) -> str:
    """One line of sshd's AuthorizedPrincipalsFile: this certificate runs the gate, whatever it asked for."""
    words = [sys.executable, "-I", str(GATE), str(station.home), code]
    command = shlex.join(words).replace('"', '\\"')
    return f'restrict,command="{command}" {code}\n'


def _host(document: dict[str, Any]) -> str:
    """The host key under the city's own name (`HostKeyAlias`): its address may change."""
    return f"{document['city']} {document['host']}\n"


def _write(station: Station, name: str, data: bytes) -> None:
    with replacing(station.folder("trust") / name, 0o644) as out:
        out.write(data)
