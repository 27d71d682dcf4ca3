"""An OpenSSH user certificate: the city's word that a transport key is one county's, and nobody else's."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization as ser

from appliance.station import Station
from sync import keys
from sync.public_keys import public_key

FOR_EVER = (1 << 64) - 1


def issue(station: Station, principal: str, transport: str) -> str:
    """One line, `ssh-ed25519-cert-v01@openssh.com AAAA…`. No extension: no terminal, no forwarding.
    What it may run stands in the city's list of principals, so that it can be changed there."""
    builder = (
        ser.SSHCertificateBuilder()
        .public_key(public_key(transport))
        .type(ser.SSHCertificateType.USER)
        .key_id(principal.encode())
        .serial(1)
        .valid_principals([principal.encode()])
        .valid_after(0)
        .valid_before(FOR_EVER)
    )
    return builder.sign(keys.ssh_key(station, "ca")).public_bytes().decode()
