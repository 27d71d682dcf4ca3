"""The box's authority and certificate. Pure but for chance.

The authority is bound to local names and private addresses: who steals its key cannot pretend to be a bank to a
tablet that trusts it. Times reach back to before any box was built, because a box without a clock battery lives in the past.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
DAYS = 800  # browsers of tablets refuse a certificate that is valid for more than 825 days
BACK_DAYS = 2
BEFORE_ANY_BOX = dt.datetime(2024, 7, 1, tzinfo=dt.UTC)
LOCAL_NAMES = ("local", "lan", "localhost")
LOCAL_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")

Key = ec.EllipticCurvePrivateKey


def authority(key: Key, station: str, now: dt.datetime) -> x509.Certificate:
    name = _name(f"课匣 {station}"[:60])
    bounds = x509.NameConstraints(
        [x509.DNSName(one) for one in LOCAL_NAMES]
        + [x509.IPAddress(ipaddress.ip_network(one)) for one in LOCAL_NETWORKS], None,
    )  # fmt: skip
    return (
        _begun(name, name, key.public_key(), BEFORE_ANY_BOX, now + dt.timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(bounds, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def certificate(
    ca: x509.Certificate, ca_key: Key, public: ec.EllipticCurvePublicKey, names: Iterable[str], now: dt.datetime
) -> x509.Certificate:
    """`names`: host names and addresses by which browsers reach the box."""
    kept = [one for one in dict.fromkeys(names) if is_local(one)]
    start = now - dt.timedelta(days=BACK_DAYS)
    return (
        _begun(_name("lessonbox"), ca.subject, public, start, start + dt.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName([_alternative(one) for one in kept]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )


def names_of(cert: x509.Certificate) -> list[str]:
    found = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(one.value) for one in found]


def is_local(name: str) -> bool:
    """What the authority may vouch for."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return any(name == one or name.endswith(f".{one}") for one in LOCAL_NAMES)
    return any(address in ipaddress.ip_network(one) for one in LOCAL_NETWORKS)


def fingerprint(cert: x509.Certificate) -> str:
    """As tablets show it: `AB CD …` in pairs."""
    return cert.fingerprint(hashes.SHA256()).hex(" ").upper()


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _begun(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, start: dt.datetime, end: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
        .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
    )  # fmt: skip


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
