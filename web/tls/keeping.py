"""The files of `secret/https`: `ca.key`, `ca.crt`, `box.key`, `box.crt`. There or not there is what says whether it is on."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from appliance.errors import SettingsWrong
from appliance.station import Station
from appliance.store.files import replacing
from web import lan
from web.tls import certificates

RENEW_DAYS = 60


def folder(station: Station) -> Path:
    return station.folder("secret") / "https"


def is_made(station: Station) -> bool:
    return (folder(station) / "ca.crt").is_file()


def own_names() -> list[str]:
    """By which browsers of the office may reach this box now."""
    host = socket.gethostname().split(".")[0].lower()
    return [*lan.addresses(), f"{host}.local", f"{host}.lan", "localhost", "127.0.0.1"]


def make(station: Station, now: dt.datetime, names: Sequence[str]) -> None:
    """A new authority and a certificate; tablets that trusted a former one must be told anew."""
    place = folder(station)
    place.mkdir(0o700, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    _write(place / "ca.key", _private(key))
    _write(place / "ca.crt", _public(certificates.authority(key, station.settings.name, now)))
    renew(station, now, names)


def ready(station: Station, now: dt.datetime, names: Sequence[str]) -> bool:
    """Before the pages start: whether a new certificate was made, because the old one ends soon, lacks an address, or
    is not whole after a power cut."""
    try:
        cert = x509.load_pem_x509_certificate((folder(station) / "box.crt").read_bytes())
        known, ends = certificates.names_of(cert), cert.not_valid_after_utc
        _private_key(folder(station) / "box.key")
    except (OSError, ValueError):
        known, ends = [], now
    wanted = {name for name in names if certificates.is_local(name)}
    if wanted <= set(known) and ends - now > dt.timedelta(days=RENEW_DAYS) and now > certificates.BEFORE_ANY_BOX:
        return False
    renew(station, now, [*names, *known])
    return True


def renew(station: Station, now: dt.datetime, names: Sequence[str]) -> None:
    """Raises `SettingsWrong` when the authority's files cannot be read."""
    place = folder(station)
    ca, ca_key = authority(station), _private_key(place / "ca.key")
    key = ec.generate_private_key(ec.SECP256R1())
    cert = certificates.certificate(ca, ca_key, key.public_key(), names, max(now, certificates.BEFORE_ANY_BOX))
    _write(place / "box.key", _private(key))
    _write(place / "box.crt", _public(cert) + _public(ca))


def authority(station: Station) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate((folder(station) / "ca.crt").read_bytes())
    except (OSError, ValueError) as error:
        raise SettingsWrong("加密访问的证书读不了", effect="网页只能用 http", remedy="请技术员重新做证书") from error


def own(station: Station) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder(station) / "box.crt").read_bytes())


def _private_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path.name} is no key of ours")
    return key


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public(cert: x509.Certificate) -> bytes:
    return cert.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, data: bytes) -> None:
    with replacing(path, 0o600) as out:
        out.write(data)
